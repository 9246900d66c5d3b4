import {
  type CvssScores,
  type DataSource,
  type Finding,
  type Package,
  severities,
  type VulnerabilityStatus,
  vulnerabilityStatuses,
} from '../../core/index.ts';
import { type Json, objectOf, textOf } from '../../kit/json-value.ts';
import { layerOf, listOf, memberOf, present, scoreOf, uidOf } from './saved-values.ts';

/** One entry of a result's `Vulnerabilities` in a package; undefined without an identifier. */
export function readFinding(entry: Json, pkg: Package): Finding | undefined {
  const id = textOf(entry['VulnerabilityID']);
  if (id === undefined) return undefined;
  const fixedVersion = textOf(entry['FixedVersion']);
  return {
    kind: 'vulnerability',
    id,
    package: pkg,
    installedVersion: textOf(entry['InstalledVersion']) ?? '',
    status: readStatus(entry['Status'], fixedVersion),
    severity: memberOf(entry['Severity'], severities) ?? 'UNKNOWN',
    ...present({
      vendorIds: listOf(entry['VendorIDs']),
      fixedVersion,
      layer: layerOf(entry['Layer']),
      severitySource: textOf(entry['SeveritySource']),
      dataSource: readDataSource(entry['DataSource']),
      primaryUrl: textOf(entry['PrimaryURL']),
      title: textOf(entry['Title']),
      description: textOf(entry['Description']),
      cweIds: listOf(entry['CweIDs']),
      vendorSeverity: readRecord(entry['VendorSeverity'], (value) =>
        Number.isInteger(value) ? Number(value) : undefined,
      ),
      cvss: readRecord(entry['CVSS'], readScores),
      references: listOf(entry['References']),
      publishedDate: textOf(entry['PublishedDate']),
      lastModifiedDate: textOf(entry['LastModifiedDate']),
      fingerprint: textOf(entry['Fingerprint'])?.match(/^sha256:[0-9a-f]{64}$/)?.[0],
    }),
  };
}

/** The package that a finding tells of by itself, where the report has no list of them. */
export function readFoundPackage(entry: Json): Package | undefined {
  const name = textOf(entry['PkgName']);
  if (name === undefined) return undefined;
  const identifier = objectOf(entry['PkgIdentifier']);
  return {
    name,
    version: textOf(entry['InstalledVersion']) ?? '',
    ...present({
      id: textOf(entry['PkgID']),
      filePath: textOf(entry['PkgPath']),
      layer: layerOf(entry['Layer']),
      purl: textOf(identifier['PURL']),
      uid: uidOf(identifier['UID']),
    }),
  };
}

/** Before reports had a status, a version that fixes told the same. */
function readStatus(value: unknown, fixedVersion: string | undefined): VulnerabilityStatus {
  return memberOf(value, vulnerabilityStatuses) ?? (fixedVersion === undefined ? 'unknown' : 'fixed');
}

function readDataSource(value: unknown): DataSource | undefined {
  const { ID: id, Name: name, URL: url, BaseID: baseId } = objectOf(value);
  const told = present({ id: textOf(id), name: textOf(name), url: textOf(url), baseId: textOf(baseId) });
  return Object.keys(told).length > 0 ? { id: '', name: '', url: '', ...told } : undefined;
}

function readScores(value: unknown): CvssScores {
  const scores = objectOf(value);
  return present({
    v2Vector: textOf(scores['V2Vector']),
    v3Vector: textOf(scores['V3Vector']),
    v40Vector: textOf(scores['V40Vector']),
    v2Score: scoreOf(scores['V2Score']),
    v3Score: scoreOf(scores['V3Score']),
    v40Score: scoreOf(scores['V40Score']),
  });
}

/** Values by source; undefined when there are none. */
function readRecord<T>(
  value: unknown,
  read: (member: unknown) => T | undefined,
): Readonly<Record<string, T>> | undefined {
  const members = Object.entries(objectOf(value)).flatMap(([source, member]) => {
    const told = read(member);
    return told === undefined ? [] : [[source, told] as const];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}
