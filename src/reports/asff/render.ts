import { JsonList, JsonObject, streamJson } from '../../kit/json-stream.ts';
import { placedFindings } from '../ranking.ts';
import type { RenderPieces, Report } from '../report.ts';
import { toCoverageFinding } from './coverage-finding.ts';
import { type Frame, makeFrame } from './frame.ts';
import { toVulnerabilityFinding } from './vulnerability-finding.ts';

/** Findings of the AWS Security Finding Format, 2018-10-08, first the one on coverage. @throws REPORTS_ACCOUNT_MISSING */
export const renderAsff: RenderPieces = (report, options) => {
  const frame = makeFrame(report, options);
  return streamJson(new JsonObject({ Findings: new JsonList(findingsOf(report, frame)) }));
};

function* findingsOf(report: Report, frame: Frame): Generator<Record<string, unknown>, void, undefined> {
  yield toCoverageFinding(report, frame);
  for (const placed of placedFindings(report.results)) yield toVulnerabilityFinding(placed, frame);
}
