import { type BomContents, type BomSubject, loadSboms } from '../sbom/index.ts';
import type { ImageFacts, Render, RenderOptions, Report } from './report.ts';

/** How a report is written as an SBOM of one format; the version is Trivy's under Trivy's name. */
export async function loadSbomRender(format: string): Promise<Render> {
  const { composeBom, loadSbomWriter } = await loadSboms();
  const write = await loadSbomWriter(format);
  return (report, options) =>
    write(composeBom(toContents(report, options)), options.specVersion ?? defaultVersion(options));
}

/** Undefined leaves it to the format. */
function defaultVersion({ dialect }: RenderOptions): 'latest' | undefined {
  return dialect === 'trivy' ? 'latest' : undefined;
}

/** The SBOM that a report amounts to. */
function toContents(report: Report, options: RenderOptions): BomContents {
  const { artifact, image } = report;
  const isOwn = options.dialect === 'plimsoll';
  return {
    id: report.reportId,
    created: report.createdAt,
    tool: {
      ...(isOwn ? { name: 'plimsoll' } : { vendor: 'Aqua Security Software Ltd.', name: 'trivy' }),
      version: options.programVersion,
    },
    ...(options.sbomAuthor !== undefined && { author: options.sbomAuthor }),
    subject: report.subject ?? {
      kind: artifact.type === 'container_image' ? 'container' : 'filesystem',
      name: artifact.name,
      ...(image !== undefined && toSubject(image)),
    },
    ...(report.os !== undefined && { os: report.os }),
    results: report.results,
    notes: report.coverage.notes,
    ownProperties: isOwn,
  };
}

function toSubject(image: ImageFacts): Partial<BomSubject> {
  const { architecture } = image.config;
  return {
    imageId: image.id,
    ...(image.manifestDigest !== undefined && { manifestDigest: image.manifestDigest }),
    ...(typeof architecture === 'string' && architecture !== '' && { architecture }),
    ...(image.reference !== undefined && { reference: image.reference }),
    repoTags: image.repoTags,
    repoDigests: image.repoDigests,
    diffIds: image.layers.flatMap(({ diffId }) => (diffId === undefined ? [] : [diffId])),
    size: image.size,
  };
}
