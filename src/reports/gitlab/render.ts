import { JsonList, JsonObject, streamJson } from '../../kit/json-stream.ts';
import { placedFindings } from '../ranking.ts';
import type { RenderPieces } from '../report.ts';
import { toScan } from './scan.ts';
import { toVulnerability } from './vulnerability.ts';

/** A container scanning report of GitLab's security report schemas 15.0.7, the version that Trivy's template writes. */
export const renderGitlab: RenderPieces = (report, options) =>
  streamJson(
    new JsonObject({
      version: '15.0.7',
      scan: toScan(report, options),
      vulnerabilities: new JsonList(
        placedFindings(report.results).map(({ finding, result }) => toVulnerability(finding, result, report, options)),
      ),
      remediations: [],
    }),
  );
