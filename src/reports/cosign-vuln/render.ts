import { JsonObject, streamJson } from '../../kit/json-stream.ts';
import { programOf } from '../program.ts';
import type { RenderOptions, RenderPieces, Report } from '../report.ts';
import { toTrivyDocument } from '../trivy-document.ts';

/** The predicate `https://cosign.sigstore.dev/attestation/vuln/v1` with the JSON report as its result, as Trivy writes it. */
export const renderCosignVuln: RenderPieces = (report, options) => {
  const time = report.createdAt.toISOString();
  return streamJson(
    new JsonObject({
      invocation: { parameters: null, uri: '', event_id: '', 'builder.id': '' },
      scanner: new JsonObject({
        uri: programOf(options).purl,
        version: options.programVersion,
        db: toDatabase(report, options),
        result: toTrivyDocument(report, options),
      }),
      metadata: { scanStartedOn: time, scanFinishedOn: time },
    }),
  );
};

/** Trivy leaves it empty. */
function toDatabase({ data: [first] }: Report, { dialect }: RenderOptions): Record<string, string> {
  if (dialect === 'trivy' || first === undefined) return { uri: '', version: '' };
  return { uri: first.name, version: first.updatedAt ?? '' };
}
