import { type Result, severities } from '../../core/index.ts';
import { findJsonExcess } from '../../kit/json-bounds.ts';
import { isObject, type Json, objectOf, textOf } from '../../kit/json-value.ts';
import { reportError } from '../errors.ts';
import type { ArtifactType, ReadReport, Report } from '../report.ts';
import { readImage, readOperatingSystem } from './saved-metadata.ts';
import { readResults } from './saved-results.ts';
import { readSection, type Section } from './saved-section.ts';

const bounds = { depth: 100, values: 12_000_000 };

/** Reads a report in Trivy's schema 2, with or without our section. @throws REPORTS_SAVED_* */
export const parseJsonReport: ReadReport = (bytes, now) => {
  const document = parseDocument(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  if (document === undefined) return undefined;
  const type = typeOf(document);
  const section = readSection(document['Plimsoll']);
  const { results, unread, damaged } = readResults(document, section);
  return {
    report: {
      ...identityOf(document, type, now),
      ...targetOf(document, type, section),
      results,
      ...judged(section, results),
    },
    isOwn: section !== undefined,
    listsPackages: section?.listsPackages ?? listsPackages(document),
    unread,
    damaged: damaged + (section?.damaged ?? 0),
  };
};

/** The object that the text is; undefined when it is something else than a report. */
function parseDocument(text: string): Json | undefined {
  const json = text.replace(/^\uFEFF/, '');
  if (!/^\s*[{[]/.test(json)) return undefined;
  const excess = findJsonExcess(json, bounds);
  if (excess !== undefined) {
    const what = excess === 'depth' ? 'levels of nesting' : 'values';
    throw reportError('REPORTS_SAVED_TOO_LARGE', { data: { what, limit: bounds[excess] } });
  }
  const value = parseText(json);
  if (Array.isArray(value) && value.some((item) => isObject(item) && 'Target' in item))
    throw unsupported('of schema 1');
  return isObject(value) && isReport(value) ? value : undefined;
}

function parseText(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw reportError('REPORTS_SAVED_INVALID', { data: { reason: 'it does not follow the rules of JSON' }, cause });
  }
}

function isReport(document: Json): boolean {
  return typeof document['SchemaVersion'] === 'number' || 'ClusterName' in document;
}

const artifactTypes: Readonly<Record<ArtifactType, true>> = {
  container_image: true,
  filesystem: true,
  repository: true,
  vm: true,
  cyclonedx: true,
  spdx: true,
};

function typeOf(document: Json): ArtifactType {
  const { SchemaVersion: version, ArtifactType: type } = document;
  if ('ClusterName' in document || (textOf(type) === undefined && textOf(document['ArtifactName']) === undefined)) {
    throw unsupported('of a cluster or an account');
  }
  if (version !== 2) throw unsupported(`of schema ${version}`);
  if (typeof type === 'string' && Object.hasOwn(artifactTypes, type)) return type as ArtifactType;
  throw unsupported(`about "${String(type).slice(0, 50)}"`);
}

function unsupported(kind: string): Error {
  return reportError('REPORTS_SAVED_UNSUPPORTED', { data: { kind } });
}

function identityOf(
  document: Json,
  type: ArtifactType,
  now: Date,
): Pick<Report, 'reportId' | 'createdAt' | 'artifact'> {
  const created = new Date(textOf(document['CreatedAt']) ?? '');
  const id = textOf(document['ArtifactID']);
  const reportId = textOf(document['ReportID']) ?? '';
  return {
    reportId: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(reportId) ? reportId : '',
    createdAt: Number.isNaN(created.getTime()) ? now : created,
    artifact: { name: textOf(document['ArtifactName']) ?? '', type, ...(id !== undefined && { id }) },
  };
}

function targetOf(
  document: Json,
  type: ArtifactType,
  section: Section | undefined,
): Pick<Report, 'os' | 'image' | 'subject'> {
  const metadata = objectOf(document['Metadata']);
  const os = readOperatingSystem(metadata['OS'], section?.repositoryRelease);
  const image = type === 'container_image' ? readImage(metadata, section?.manifestDigest) : undefined;
  return {
    ...(os !== undefined && { os }),
    ...(image !== undefined && { image }),
    ...(section?.subject !== undefined && { subject: section.subject }),
  };
}

type Judged = Pick<Report, 'scanners' | 'severities' | 'verdict' | 'coverage' | 'data'>;

/** Without our section nothing is known to have been looked for but what was found, and nothing is judged. */
function judged(section: Section | undefined, results: readonly Result[]): Judged {
  if (section !== undefined) {
    const { scanners, verdict, coverage, data } = section;
    return { scanners, severities: section.severities, verdict, coverage, data };
  }
  const packages = results.reduce((sum, result) => sum + result.packages.length, 0);
  return {
    scanners: results.some(({ findings }) => findings.length > 0) ? ['vuln'] : [],
    severities,
    verdict: { result: 'incomplete', gated: false, reasons: [] },
    coverage: { catalogers: [{ cataloger: 'saved report', files: 1, packages }], notes: [] },
    data: [{ name: 'data that the report does not name' }],
  };
}

function listsPackages(document: Json): boolean {
  const results = Array.isArray(document['Results']) ? document['Results'] : [];
  return results.length === 0 || results.some((result) => isObject(result) && Array.isArray(result['Packages']));
}
