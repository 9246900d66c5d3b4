import { type Digest, isDigest, parsePackageUrl } from '../../core/index.ts';
import type { BomSubject } from '../compose/contents.ts';
import type { Bom } from '../model.ts';
import { ownProperty, trivyProperties, trivyProperty } from '../properties.ts';

/** What an SBOM is about, so that an SBOM of its scan can say the same. */
export function subjectOf({ subject }: Bom): BomSubject | undefined {
  if (subject === undefined) return undefined;
  const [imageId, manifestDigest] = [
    toDigest(trivyProperty(subject, 'ImageID')),
    toDigest(ownProperty(subject, 'ManifestDigest')),
  ];
  const architecture = parsePackageUrl(subject.purl ?? '')?.qualifiers?.['arch'];
  const reference = trivyProperty(subject, 'Reference');
  const size = Number(trivyProperty(subject, 'Size') ?? 0);
  return {
    kind: subject.kind === 'container' ? 'container' : 'filesystem',
    name: subject.name,
    ...(imageId !== undefined && { imageId }),
    ...(manifestDigest !== undefined && { manifestDigest }),
    ...(architecture !== undefined && { architecture }),
    ...(reference !== undefined && { reference }),
    ...(Number.isSafeInteger(size) && size > 0 && { size }),
    repoTags: trivyProperties(subject, 'RepoTag'),
    repoDigests: trivyProperties(subject, 'RepoDigest'),
    diffIds: trivyProperties(subject, 'DiffID'),
  };
}

function toDigest(text: string | undefined): Digest | undefined {
  return text !== undefined && isDigest(text) ? text : undefined;
}
