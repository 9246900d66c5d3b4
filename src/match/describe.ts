import type { AdvisoryStore, VulnerabilityFinding, VulnerabilityStatus } from '../core/index.ts';
import { choosePrimaryUrl } from './primary-url.ts';
import { chooseSeverity, type SeveritySources } from './severity.ts';
import type { Match } from './strategy.ts';

/** Completes a match with severity, status and what is known of the vulnerability. */
export function describeMatch(match: Match, store: AdvisoryStore, sources?: SeveritySources): VulnerabilityFinding {
  const detail = store.detail(match.id);
  const { severity, source } = chooseSeverity(match, detail, sources);
  const vendorSeverity = withOwnJudgement(match, detail?.vendorSeverity);
  const primaryUrl = detail && choosePrimaryUrl(match.id, detail.references ?? [], match.dataSource?.id);
  const { severity: _generic, vendorSeverity: _stored, ...told } = detail ?? {};
  return {
    kind: 'vulnerability',
    id: match.id,
    package: match.package,
    installedVersion: match.installedVersion,
    status: chooseStatus(match),
    severity,
    proof: match.proof,
    ...told,
    ...(match.vendorIds !== undefined && { vendorIds: match.vendorIds }),
    ...(match.fixedVersion !== undefined && { fixedVersion: match.fixedVersion }),
    ...(match.package.layer !== undefined && { layer: match.package.layer }),
    ...(source !== undefined && { severitySource: source }),
    ...(match.dataSource !== undefined && { dataSource: match.dataSource }),
    ...(vendorSeverity !== undefined && { vendorSeverity }),
    ...(primaryUrl !== undefined && { primaryUrl }),
  };
}

/** A fix makes it `fixed` whatever the feed says; a feed without statuses means `affected`. */
function chooseStatus(match: Match): VulnerabilityStatus {
  if (match.fixedVersion !== undefined) return 'fixed';
  return match.status === undefined || match.status === 'unknown' ? 'affected' : match.status;
}

function withOwnJudgement(
  match: Match,
  stored: Readonly<Record<string, number>> | undefined,
): Readonly<Record<string, number>> | undefined {
  if (match.severity === undefined || match.severitySource === undefined) return stored;
  return { ...stored, [match.severitySource]: match.severity };
}
