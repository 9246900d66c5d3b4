import { type Finding, type Result, type SuppressedFinding, severityRank } from '../../core/index.ts';
import { toJsonLine } from '../../kit/json-text.ts';
import type { Report } from '../report.ts';
import { traceDependencies } from './dependency-paths.ts';
import type { LayersView } from './layers.ts';
import { toPageFinding, toPageLayer, toPagePackage, toPageTarget, toPageVulnerability } from './page-values.ts';

interface Found {
  readonly finding: Finding;
  readonly target: number;
  readonly suppressed?: SuppressedFinding;
}

/**
 * The `PageData` in a script element that is not run (HTML, "The script element", data blocks): `<` is written as an
 * escape, so that no text can end the element.
 */
export function* piecesOfData(report: Report, layers: LayersView): Generator<string, void, undefined> {
  const found = collectFindings(report.results);
  const packages = numberPackages(found);
  const vulnerabilities = numberVulnerabilities(found);
  const paths = report.results.map((result) => traceDependencies(result.packages));
  yield '<script type="application/json" id="data">{';
  yield* list(
    'targets',
    report.results.values().map((result) => toPageTarget(result, report.os)),
  );
  yield* list('layers', layers.layers.values().map(toPageLayer));
  yield* list(
    'packages',
    packages.list.values().map(({ finding, target }) => {
      const result = report.results[target];
      return toPagePackage(finding, {
        target,
        class: result?.class ?? 'lang-pkgs',
        layer: layers.indexOf(finding.layer),
        paths: paths[target]?.(finding.package) ?? [],
      });
    }),
  );
  yield* list(
    'vulnerabilities',
    vulnerabilities.list.values().map(({ finding }) => toPageVulnerability(finding)),
  );
  yield* list(
    'findings',
    found.values().map((one) =>
      toPageFinding(one.finding, {
        vulnerability: vulnerabilities.indexOf(one),
        package: packages.indexOf(one),
        ...(one.suppressed && { suppressed: one.suppressed }),
      }),
    ),
    '',
  );
  yield '}</script>\n';
}

function* list(name: string, items: Iterable<unknown>, after = ','): Generator<string, void, undefined> {
  yield `"${name}":[`;
  let before = '\n';
  for (const item of items) {
    yield `${before}${toJsonLine(item)}`;
    before = ',\n';
  }
  yield `]${after}\n`;
}

/** All findings, the most severe first, then by name and place, so that a browser need not sort them at first. */
function collectFindings(results: readonly Result[]): Found[] {
  const found = results.flatMap(({ findings, suppressed = [] }, target): Found[] => [
    ...findings.map((finding) => ({ finding, target })),
    ...suppressed.map((one) => ({ finding: one.finding, target, suppressed: one })),
  ]);
  return found.sort((a, b) => severityRank(b.finding.severity) - severityRank(a.finding.severity) || byName(a, b));
}

function byName(a: Found, b: Found): number {
  return (
    compareText(a.finding.package.name, b.finding.package.name) ||
    compareText(b.finding.id, a.finding.id) ||
    a.target - b.target
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Numbered {
  readonly list: readonly Found[];
  readonly indexOf: (found: Found) => number;
}

function numberPackages(found: readonly Found[]): Numbered {
  return number(
    found,
    ({ finding, target }) => `${target}\0${finding.layer?.diffId ?? finding.layer?.digest}`,
    ({ finding }) => finding.package,
  );
}

/** Two sources may tell different things of one vulnerability. */
function numberVulnerabilities(found: readonly Found[]): Numbered {
  return number(found, ({ finding }) => `${finding.id}\0${finding.title ?? ''}\0${finding.description ?? ''}`);
}

/** Gives each that is the same one number, in the order of their first appearance. */
function number(
  found: readonly Found[],
  keyOf: (found: Found) => string,
  ownerOf?: (found: Found) => object,
): Numbered {
  const owners = new Map<object | undefined, Map<string, number>>();
  const list: Found[] = [];
  const indexes = new Map<Found, number>();
  for (const one of found) {
    const owner = ownerOf?.(one);
    const keys = owners.get(owner) ?? new Map<string, number>();
    owners.set(owner, keys);
    const key = keyOf(one);
    const index = keys.get(key) ?? list.push(one) - 1;
    keys.set(key, index);
    indexes.set(one, index);
  }
  return { list, indexOf: (one) => indexes.get(one) ?? 0 };
}
