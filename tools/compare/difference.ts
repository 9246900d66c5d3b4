import { type FieldDifference, findFieldDifferences } from './fields.ts';
import { asObject, asObjects, asText, type Json, joinFields } from './json.ts';

/** What two reports have in common and what only one of them has. */
export interface SetDifference {
  readonly equal: number;
  /** In the reference only. */
  readonly missing: readonly string[];
  /** In ours only. */
  readonly extra: readonly string[];
}

export interface ReportDifference {
  readonly packages: SetDifference;
  readonly findings: SetDifference;
  readonly fields: readonly FieldDifference[];
}

/** Compares two JSON reports; secrets are another scanner's affair. */
export function compareReports(reference: Json, ours: Json): ReportDifference {
  const [expected, actual] = [withoutSecrets(reference), withoutSecrets(ours)];
  return {
    packages: compareSets(packagesOf(expected), packagesOf(actual)),
    findings: compareSets(findingsOf(expected), findingsOf(actual)),
    fields: findFieldDifferences(expected, actual),
  };
}

export function isEqual({ packages, findings, fields }: ReportDifference): boolean {
  const lists = [packages.missing, packages.extra, findings.missing, findings.extra, fields];
  return lists.every((list) => list.length === 0);
}

function withoutSecrets({ Results, ...rest }: Json): Json {
  const results = asObjects(Results).filter((result) => result['Class'] !== 'secret');
  return { ...rest, ...(results.length > 0 && { Results: results }) };
}

function packagesOf(report: Json): string[] {
  const fields = ['ID', 'Name', 'Epoch', 'Version', 'Release', 'Arch', 'FilePath'];
  return asObjects(report['Results']).flatMap((result) =>
    asObjects(result['Packages']).map((pkg) => {
      const purl = asText(asObject(pkg['Identifier'])['PURL']);
      return `${joinFields(result, ['Class', 'Type'])} ${joinFields(pkg, fields)} ${purl}`;
    }),
  );
}

function findingsOf(report: Json): string[] {
  const fields = [
    'PkgName',
    'InstalledVersion',
    'VulnerabilityID',
    'FixedVersion',
    'Status',
    'Severity',
    'SeveritySource',
  ];
  return asObjects(report['Results']).flatMap((result) =>
    asObjects(result['Vulnerabilities']).map((finding) => {
      const layer = asObject(finding['Layer']);
      return `${joinFields(result, ['Class'])} ${joinFields(finding, fields)} ${asText(layer['DiffID'] ?? layer['Digest'])}`;
    }),
  );
}

/** Compares how often each item occurs. */
function compareSets(expected: readonly string[], actual: readonly string[]): SetDifference {
  const open = new Map<string, number>();
  for (const item of expected) open.set(item, (open.get(item) ?? 0) + 1);
  const extra: string[] = [];
  for (const item of actual) {
    const count = open.get(item) ?? 0;
    if (count === 0) extra.push(item);
    else open.set(item, count - 1);
  }
  const missing = [...open].flatMap(([item, count]) => Array.from({ length: count }, () => item));
  return { equal: expected.length - missing.length, missing, extra };
}
