import { isSeverity, type Severity, severityFromNumber, type VulnerabilityDetail } from '../core/index.ts';
import type { Match } from './strategy.ts';

/** A severity with the source that judged so; without a source it is the database's generic one, or unknown. */
export interface SeverityChoice {
  readonly severity: Severity;
  readonly source?: string;
}

/** Sources in order of preference; `auto` stands for the documented rule. */
export type SeveritySources = readonly string[];

/**
 * The rule: the feed's judgement of this very package; else that of the feed, of the database it builds on, of GitHub
 * for its own advisories, of NVD; else the generic severity of the detail record; else unknown.
 */
export function chooseSeverity(
  match: Match,
  detail: VulnerabilityDetail | undefined,
  sources: SeveritySources = ['auto'],
): SeverityChoice {
  for (const source of sources) {
    const chosen = source === 'auto' ? chooseAuto(match, detail) : fromVendor(source, match, detail);
    if (chosen !== undefined) return chosen;
  }
  return { severity: 'UNKNOWN' };
}

function chooseAuto(match: Match, detail: VulnerabilityDetail | undefined): SeverityChoice | undefined {
  if (match.severity !== undefined && match.severitySource !== undefined) {
    return { severity: severityFromNumber(match.severity), source: match.severitySource };
  }
  const candidates = [
    match.dataSource?.id,
    match.dataSource?.baseId,
    match.id.startsWith('GHSA-') ? 'ghsa' : undefined,
    'nvd',
  ];
  for (const source of candidates) {
    const chosen = source === undefined ? undefined : fromVendor(source, match, detail);
    if (chosen !== undefined) return chosen;
  }
  const generic = detail?.severity;
  return generic !== undefined && isSeverity(generic) ? { severity: generic } : undefined;
}

function fromVendor(source: string, match: Match, detail: VulnerabilityDetail | undefined): SeverityChoice | undefined {
  const own = match.severitySource === source ? match.severity : undefined;
  const value = own ?? detail?.vendorSeverity?.[source];
  return value === undefined ? undefined : { severity: severityFromNumber(value), source };
}
