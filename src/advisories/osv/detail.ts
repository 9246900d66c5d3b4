import { type CvssScores, type Severity, severityRank, type VulnerabilityDetail } from '../../core/index.ts';
import { rateScores, scoreVectors } from '../cvss/index.ts';
import type { OsvRecord } from './record.ts';

/** Words that databases rate by, in upper case. */
const ratings: Readonly<Record<string, Severity>> = {
  NEGLIGIBLE: 'LOW',
  LOW: 'LOW',
  MEDIUM: 'MEDIUM',
  MODERATE: 'MEDIUM',
  HIGH: 'HIGH',
  IMPORTANT: 'HIGH',
  CRITICAL: 'CRITICAL',
};

/** A record and the id of the source whose judgement it is. */
export interface SourcedRecord {
  readonly record: OsvRecord;
  readonly source: string;
}

/** What several records of one vulnerability tell of it: the first to say something is believed. */
export function toDetail(records: readonly SourcedRecord[]): VulnerabilityDetail {
  const first = (field: 'summary' | 'details' | 'published' | 'modified'): string | undefined =>
    records.map(({ record }) => record[field]).find(Boolean);
  const [title, description] = [first('summary'), first('details')];
  const [publishedDate, lastModifiedDate] = [first('published'), first('modified')];
  const cweIds = unique(records.flatMap(({ record }) => record.cweIds));
  const references = unique(records.flatMap(({ record }) => record.references));
  const { vendorSeverity, cvss } = judge(records);
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(cweIds.length > 0 && { cweIds }),
    ...(Object.keys(vendorSeverity).length > 0 && { vendorSeverity }),
    ...(Object.keys(cvss).length > 0 && { cvss }),
    ...(references.length > 0 && { references }),
    ...(publishedDate !== undefined && { publishedDate }),
    ...(lastModifiedDate !== undefined && { lastModifiedDate }),
  };
}

/** Severity and scores by source; of several records of one source the first that has some. */
function judge(records: readonly SourcedRecord[]): {
  vendorSeverity: Record<string, number>;
  cvss: Record<string, CvssScores>;
} {
  const vendorSeverity: Record<string, number> = {};
  const cvss: Record<string, CvssScores> = {};
  for (const { record, source } of records) {
    const scores = scoreVectors(vectorsOf(record));
    const severity = rateRecord(record, scores);
    if (severity !== undefined) vendorSeverity[source] ??= severityRank(severity);
    if (Object.keys(scores).length > 0) cvss[source] ??= scores;
  }
  return { vendorSeverity, cvss };
}

/** The database's own word, else what the scores amount to, else a rating in words among the scores. */
function rateRecord(record: OsvRecord, scores: CvssScores): Severity | undefined {
  const words = severitiesOf(record).map(({ score }) => score);
  return toRating(record.declaredSeverity) ?? rateScores(scores) ?? words.map(toRating).find(Boolean);
}

function toRating(word: string | undefined): Severity | undefined {
  const name = word?.toUpperCase() ?? '';
  return Object.hasOwn(ratings, name) ? ratings[name] : undefined;
}

function vectorsOf(record: OsvRecord): string[] {
  return severitiesOf(record)
    .filter(({ type }) => type.startsWith('CVSS_'))
    .map(({ score }) => score);
}

/** A record states severities for all its packages, or with each (ossf/osv-schema, "affected[].severity"). */
function severitiesOf({ severity, affected }: OsvRecord): OsvRecord['severity'] {
  return severity.length > 0 ? severity : (affected.find((one) => one.severity.length > 0)?.severity ?? []);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
