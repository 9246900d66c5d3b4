import {
  type CvssScores,
  fullVersion,
  type Package,
  type Result,
  severities,
  type VulnerabilityFinding,
} from '../../core/index.ts';
import type { BomVulnerability, Rating } from '../model.ts';

/** Findings by vulnerability, each with all the components it is in, sorted by identifier. */
export function composeVulnerabilities(
  results: readonly Result[],
  refs: ReadonlyMap<Package, string>,
): BomVulnerability[] {
  const findings = results.flatMap((result) => result.findings).filter(({ kind }) => kind === 'vulnerability');
  return [...Map.groupBy(findings, ({ id }) => id)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, same]) => {
      const [first] = same;
      return first === undefined ? [] : [toVulnerability(id, first, same, refs)];
    });
}

function toVulnerability(
  id: string,
  first: VulnerabilityFinding,
  same: readonly VulnerabilityFinding[],
  refs: ReadonlyMap<Package, string>,
): BomVulnerability {
  const fixes = [...new Set(same.flatMap(toFix))].sort();
  return {
    id,
    ...(first.dataSource !== undefined && { source: { name: first.dataSource.id, url: first.dataSource.url } }),
    ratings: toRatings(first),
    cwes: (first.cweIds ?? []).map((cwe) => Number(cwe.replace(/^CWE-/i, ''))).filter((cwe) => Number.isInteger(cwe)),
    ...(first.description !== undefined && { description: first.description }),
    ...(fixes.length > 0 && { recommendation: fixes.join('; ') }),
    advisories: [...new Set([...(first.primaryUrl ? [first.primaryUrl] : []), ...(first.references ?? [])])],
    ...(first.publishedDate !== undefined && { published: first.publishedDate }),
    ...(first.lastModifiedDate !== undefined && { updated: first.lastModifiedDate }),
    affects: same
      .map((finding) => ({ ref: refs.get(finding.package) ?? '', version: fullVersion(finding.package) }))
      .filter(({ ref }) => ref !== '')
      .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  };
}

function toFix({ package: pkg, fixedVersion }: VulnerabilityFinding): string[] {
  return fixedVersion === undefined ? [] : [`Upgrade ${pkg.name} to version ${fixedVersion}`];
}

/** Every source's own judgement, once for each method. */
function toRatings({ vendorSeverity = {}, cvss = {} }: VulnerabilityFinding): Rating[] {
  const sources = [...new Set([...Object.keys(vendorSeverity), ...Object.keys(cvss)])].sort();
  return sources.flatMap((source) => {
    const severity = (severities[vendorSeverity[source] ?? 0] ?? 'UNKNOWN').toLowerCase();
    const scored = toScores(cvss[source] ?? {}).map((score): Rating => ({ source, severity, ...score }));
    return scored.length > 0 ? scored : [{ source, severity }];
  });
}

function toScores(scores: CvssScores): Omit<Rating, 'source' | 'severity'>[] {
  const versions = [
    ['CVSSv2', scores.v2Score, scores.v2Vector],
    [scores.v3Vector?.startsWith('CVSS:3.1') ? 'CVSSv31' : 'CVSSv3', scores.v3Score, scores.v3Vector],
    ['CVSSv4', scores.v40Score, scores.v40Vector],
  ] as const;
  return versions.flatMap(([method, score, vector]) =>
    score === undefined && vector === undefined
      ? []
      : [{ method, ...(score !== undefined && { score }), ...(vector !== undefined && { vector }) }],
  );
}
