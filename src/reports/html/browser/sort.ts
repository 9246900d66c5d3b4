import type { PageData, PageFinding } from '../page-data.ts';

/** Columns that findings can be sorted by. */
export const sortKeys = ['severity', 'vulnerability', 'package', 'target'] as const;
export type SortKey = (typeof sortKeys)[number];

/** A column and a direction; the page begins with the most severe. */
export interface Sorting {
  readonly key: SortKey;
  readonly isReversed: boolean;
}

export function parseSorting(text: string | undefined): Sorting {
  const isReversed = text?.startsWith('-') === true;
  const key = sortKeys.find((name) => name === text?.replace('-', '')) ?? 'severity';
  return { key, isReversed };
}

/** The text of a sorting as `parseSorting` takes it; undefined for how the page begins. */
export function formatSorting({ key, isReversed }: Sorting): string | undefined {
  if (key === 'severity' && !isReversed) return undefined;
  return `${isReversed ? '-' : ''}${key}`;
}

/** Sorts findings that come in the order of the page; equal ones stay in that order. */
export function sortFindings(
  findings: readonly PageFinding[],
  sorting: Sorting,
  data: PageData,
): readonly PageFinding[] {
  const direction = sorting.isReversed ? -1 : 1;
  if (sorting.key === 'severity') {
    return sorting.isReversed ? findings.toSorted((a, b) => a.severity - b.severity) : findings;
  }
  const texts = new Map(findings.map((finding) => [finding, textOf(finding, sorting.key, data)]));
  return findings.toSorted((a, b) => direction * compare(texts.get(a) ?? '', texts.get(b) ?? ''));
}

function textOf({ vulnerability, package: index }: PageFinding, key: SortKey, data: PageData): string {
  const pkg = data.packages[index];
  if (key === 'package') return `${pkg?.name}\n${pkg?.version}`;
  if (key === 'target') return `${data.targets[pkg?.target ?? -1]?.label}\n${pkg?.place ?? ''}`;
  return data.vulnerabilities[vulnerability]?.id ?? '';
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
