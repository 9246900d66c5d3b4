import {
  type CvssScores,
  type Finding,
  fullVersion,
  type MatchProof,
  type OperatingSystem,
  type Package,
  type Result,
  type SuppressedFinding,
  severityRank,
} from '../../core/index.ts';
import { toVisibleLine, toVisibleText } from '../../kit/visible-text.ts';
import type { LayerView } from './layers.ts';
import type { PageFinding, PageLayer, PagePackage, PageTarget, PageVulnerability } from './page-data.ts';
import { labelOf } from './targets.ts';
import { unitOf } from './upgrades.ts';

/** Characters of a description, and references; the JSON report has all. */
const maxDescription = 1500;
const maxReferences = 12;
const maxLicenses = 20;

export function toPageTarget(result: Result, os: OperatingSystem | undefined): PageTarget {
  return {
    name: toVisibleLine(result.target),
    label: toVisibleLine(labelOf(result, os)),
    class: result.class,
    type: toVisibleLine(result.type),
  };
}

export function toPageLayer({ name, command, isBase }: LayerView): PageLayer {
  return { name, ...(command && { command: toVisibleLine(command) }), ...(isBase && { isBase }) };
}

export interface PackagePlace {
  readonly target: number;
  readonly class: Result['class'];
  readonly layer: number | undefined;
  readonly paths: readonly (readonly string[])[];
}

export function toPagePackage({ package: pkg, installedVersion }: Finding, place: PackagePlace): PagePackage {
  const source = unitOf(pkg, place);
  return {
    name: toVisibleLine(pkg.name),
    version: toVisibleLine(installedVersion === '' ? fullVersion(pkg) : installedVersion),
    target: place.target,
    ...(source !== pkg.name && { source: toVisibleLine(source) }),
    ...(place.layer !== undefined && { layer: place.layer }),
    ...toPlace(pkg),
    ...(pkg.purl && { purl: toVisibleLine(pkg.purl) }),
    ...(pkg.licenses?.length && { licenses: pkg.licenses.slice(0, maxLicenses).map(toVisibleLine) }),
    ...(place.paths.length > 0 && { paths: place.paths.map((path) => path.map(toVisibleLine)) }),
  };
}

function toPlace({ filePath, locations }: Package): { place?: string } {
  const lines = locations?.map(({ start, end }) => (start === end ? `${start}` : `${start}–${end}`)) ?? [];
  const place = [
    ...(filePath ? [filePath] : []),
    ...(lines.length > 0 ? [`lines ${lines.slice(0, 5).join(', ')}`] : []),
  ];
  return place.length > 0 ? { place: toVisibleLine(place.join(', ')) } : {};
}

export function toPageVulnerability(finding: Finding): PageVulnerability {
  const { id, title, description, publishedDate, cweIds, references } = finding;
  const addresses = references?.filter(isWebAddress).slice(0, maxReferences) ?? [];
  return {
    id: toVisibleLine(id),
    ...(title && { title: toVisibleLine(title) }),
    ...(description && { description: toVisibleText(cut(description)) }),
    ...(publishedDate && { published: toVisibleLine(publishedDate.slice(0, 10)) }),
    ...(cweIds?.length && { cwes: cweIds.map(toVisibleLine) }),
    ...(addresses.length > 0 && { references: addresses }),
  };
}

export interface FindingPlace {
  readonly vulnerability: number;
  readonly package: number;
  readonly suppressed?: SuppressedFinding;
}

export function toPageFinding(finding: Finding, { suppressed, ...place }: FindingPlace): PageFinding {
  const { fixedVersion, status, primaryUrl, severitySource, cvss, dataSource } = finding;
  const scores = Object.entries(cvss ?? {}).flatMap(([source, score]) => describeScores(source, score));
  return {
    ...place,
    severity: severityRank(finding.severity),
    ...(fixedVersion && { fixed: toVisibleLine(fixedVersion) }),
    status: status.replaceAll('_', ' '),
    ...(primaryUrl && isWebAddress(primaryUrl) && { url: primaryUrl }),
    ...(severitySource && { severitySource: toVisibleLine(severitySource) }),
    ...(scores.length > 0 && { scores: scores.sort().map(toVisibleLine) }),
    ...(dataSource && { source: toVisibleLine(dataSource.name) }),
    ...(finding.proof && { proof: toVisibleLine(describeProof(finding.proof)) }),
    ...(suppressed && { ignored: toVisibleLine(describeDecision(suppressed)) }),
  };
}

function describeScores(source: string, { v3Score, v40Score, v2Score }: CvssScores): string[] {
  const scores = [
    ...(v40Score ? [`${v40Score} (CVSS 4.0)`] : []),
    ...(v3Score ? [`${v3Score} (CVSS 3)`] : []),
    ...(v2Score ? [`${v2Score} (CVSS 2)`] : []),
  ];
  return scores.length > 0 ? [`${source} ${scores.join(', ')}`] : [];
}

function describeProof({ bucket, lookedUp, compared, range }: MatchProof): string {
  return `${bucket} lists ${lookedUp} ${range}; compared with ${compared}`;
}

function describeDecision({ source, statement }: SuppressedFinding): string {
  return statement === undefined ? `by ${source}` : `by ${source}: ${statement}`;
}

/** True for an address that a page may link to: of http or https, written out, without characters that act. */
function isWebAddress(address: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(address) && URL.canParse(address);
}

function cut(text: string): string {
  return text.length > maxDescription ? `${text.slice(0, maxDescription)}…` : text;
}
