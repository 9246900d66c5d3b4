import { type Digest, formatImageReference, type ImageReference, parseImageReference } from '../../core/index.ts';
import { discoverEvidence, type EvidencePiece, openStoredEvidence, registrySource } from '../../evidence/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import type { ImageContent } from '../../policy/index.ts';
import type { AppContext } from '../context.ts';
import { readContent } from './image-content.ts';

/** Where images and their evidence are. */
export interface ImageSource {
  /** Which digest a name means. @throws OCI_*, NET_* */
  readonly digest: (reference: ImageReference) => Promise<Digest>;
  /** All evidence of a digest, beside it or in another repository. @throws OCI_*, NET_*, EVIDENCE_* */
  readonly evidence: (
    reference: ImageReference & { readonly digest: Digest },
    repository?: string,
  ) => Promise<readonly EvidencePiece[]>;
  /** What an image consists of. @throws OCI_*, NET_* */
  readonly content: (reference: ImageReference) => Promise<ImageContent>;
}

/** Directories for the images that they are given for, and registries for all others; each is asked once. */
export function openImageSource(layouts: Readonly<Record<string, string>>, context: AppContext): ImageSource {
  const directories = readLayouts(layouts);
  const open = onceForEach(openStoredEvidence);
  const digestOf = onceForEach(async (name: string) => {
    const client = await context.registry();
    return client.resolve(parseImageReference(name), context.signal);
  });
  const evidenceOf = onceForEach((key: string) => {
    const [name = '', repository] = key.split(' ');
    return fetchEvidence(parseImageReference(name), repository, context);
  });
  const contentOf = onceForEach((name: string) => fetchContent(parseImageReference(name), context));
  return {
    content: async (reference) => {
      for (const { path, names } of directories) {
        const { image, source } = await open(path);
        if (image === reference.digest || names.includes(formatImageReference(reference)))
          return readContent(source, image);
      }
      return contentOf(formatImageReference(reference));
    },
    digest: async (reference) => {
      if (reference.digest !== undefined) return reference.digest;
      const directory = directories.find(({ names }) => names.includes(formatImageReference(reference)));
      return directory === undefined ? digestOf(formatImageReference(reference)) : (await open(directory.path)).image;
    },
    evidence: async (reference, repository) => {
      for (const { path, repository: held } of directories) {
        if (held !== `${reference.registry}/${reference.repository}`) continue;
        const { image, source } = await open(path);
        if (image === reference.digest) return discoverEvidence(source, image);
      }
      const name = formatImageReference(reference);
      return evidenceOf(repository === undefined ? name : `${name} ${repository}`);
    },
  };
}

interface HeldImage {
  readonly names: readonly string[];
  readonly repository: string;
  readonly path: string;
}

function readLayouts(layouts: Readonly<Record<string, string>>): HeldImage[] {
  return Object.entries(layouts).map(([name, path]) => {
    const reference = parseImageReference(name);
    const { registry, repository, digest, tag = digest === undefined ? 'latest' : undefined } = reference;
    const tagged = { registry, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
    return { names: [formatImageReference(tagged)], repository: `${registry}/${repository}`, path };
  });
}

async function fetchContent(reference: ImageReference, { registry, signal }: AppContext): Promise<ImageContent> {
  const client = await registry();
  const { repository, manifest } = await client.open(reference, signal);
  return readContent(registrySource(repository, signal), manifest.digest);
}

/** Evidence lies where the image was found, so that a mirror has both or neither. */
async function fetchEvidence(
  reference: ImageReference,
  repository: string | undefined,
  { registry, signal }: AppContext,
): Promise<readonly EvidencePiece[]> {
  const client = await registry();
  const { repository: found, manifest } = await client.open(reference, signal);
  const beside = repository === undefined ? found : client.repository(parseImageReference(repository));
  return discoverEvidence(registrySource(beside, signal), manifest.digest);
}
