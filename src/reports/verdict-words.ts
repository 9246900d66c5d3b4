import type { Coverage, CoverageNote, Verdict, VerdictReason } from '../core/index.ts';
import type { Report } from './report.ts';

const words = { pass: 'PASS', fail: 'FAIL', incomplete: 'INCOMPLETE' } as const;

/** The verdict as a word in capitals, and its reasons in one line, for example `40 findings; 2 things could not be judged`. */
export function describeVerdict({ result, reasons }: Verdict): { readonly word: string; readonly reasons: string } {
  return { word: words[result], reasons: describeReasons(reasons).join('; ') || 'no findings' };
}

/** What could not be judged, which keeps a result without findings from being a clean one. */
export function openNotes({ coverage }: Pick<Report, 'coverage'>): CoverageNote[] {
  return coverage.notes.filter(({ effect }) => effect === 'incomplete');
}

/** False where somebody decided that what could not be judged is not to matter. */
export function countsOpenNotes({ reasons }: Verdict): boolean {
  return reasons.some(({ kind }) => kind === 'incomplete');
}

/** A note with its place, which is not said twice. */
export function describeNote({ path, message }: CoverageNote): string {
  return path === undefined || message.includes(path) ? message : `${path}: ${message}`;
}

/** `214 packages in 31 files (dpkg 188, python-pkg 26)`. */
export function describeRead({ catalogers }: Coverage): string {
  const found = catalogers.filter(({ files }) => files > 0);
  const files = found.reduce((sum, cataloger) => sum + cataloger.files, 0);
  const packages = found.reduce((sum, cataloger) => sum + cataloger.packages, 0);
  const parts = found.filter((one) => one.packages > 0).map((one) => `${one.cataloger} ${one.packages}`);
  const list = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return `${countOf(packages, 'package')} in ${countOf(files, 'file')}${list}`;
}

/** `40 findings`, `1 finding`. */
export function countOf(amount: number, one: string, many: string = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

export function describeEndOfLife({ family, release }: Extract<VerdictReason, { kind: 'end-of-life' }>): string {
  return `${family} ${release} is past its end of life`;
}

function describeReasons(reasons: readonly VerdictReason[]): string[] {
  const incomplete = reasons.filter(({ kind }) => kind === 'incomplete').length;
  return [
    ...reasons.flatMap((reason) => describeReason(reason)),
    ...(incomplete > 0 ? [`${countOf(incomplete, 'thing')} could not be judged`] : []),
  ];
}

function describeReason(reason: VerdictReason): string[] {
  switch (reason.kind) {
    case 'findings':
      return [countOf(reason.count, 'finding')];
    case 'end-of-life':
      return [describeEndOfLife(reason)];
    case 'incomplete':
      return [];
    default:
      return reason satisfies never;
  }
}
