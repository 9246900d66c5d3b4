import { JsonObject, streamJson } from '../../kit/json-stream.ts';
import { compact } from '../compact.ts';
import { programOf } from '../program.ts';
import type { RenderOptions, RenderPieces, Report } from '../report.ts';
import { openNotes } from '../verdict-words.ts';
import { toManifests } from './manifests.ts';

/** A snapshot of GitHub's dependency submission API, version 0, with the names and the order that Trivy gives. */
export const renderGithub: RenderPieces = (report, options) => {
  const { environment = {} } = options;
  const manifests = toManifests(report, options);
  return streamJson(
    new JsonObject({
      version: 0,
      detector: toDetector(options),
      ...compact({
        metadata: toMetadata(report, options),
        ref: environment['GITHUB_REF'],
        sha: environment['GITHUB_SHA'],
      }),
      job: {
        correlator: `${environment['GITHUB_WORKFLOW'] ?? ''}_${environment['GITHUB_JOB'] ?? ''}`,
        ...compact({ id: environment['GITHUB_RUN_ID'] }),
      },
      scanned: report.createdAt.toISOString().replace(/\.\d+/, ''),
      ...(Object.keys(manifests).length > 0 && { manifests: new JsonObject(manifests) }),
    }),
  );
};

function toDetector(options: RenderOptions): Record<string, string> {
  const { id, version, url } = programOf(options);
  return { name: id, version, url };
}

/** Trivy's names of the image, and how far the packages below are to be trusted. */
function toMetadata(
  { image, scanners, verdict, coverage }: Report,
  { dialect }: RenderOptions,
): Record<string, unknown> {
  const open = openNotes({ coverage }).length;
  return compact({
    'aquasecurity:trivy:RepoDigest': image?.repoDigests.join(', '),
    'aquasecurity:trivy:RepoTag': image?.repoTags.join(', '),
    ...(dialect === 'plimsoll' && {
      'plimsoll:complete': open === 0 ? 'yes' : 'no',
      'plimsoll:notJudged': open,
      // Where nothing was looked for there is nothing to say.
      'plimsoll:verdict': scanners.length > 0 ? verdict.result : undefined,
    }),
  });
}
