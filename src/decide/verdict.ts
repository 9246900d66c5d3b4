import type { CoverageNote, OperatingSystem, Result, Verdict, VerdictReason } from '../core/index.ts';

export interface Gate {
  /** Exit code for findings; 0 means that findings break nothing. */
  readonly exitCode: number;
  /** Exit code for an operating system past its end of life; 0 means that it breaks nothing. */
  readonly exitOnEol: number;
  /** Lets a gate pass although something could not be judged. */
  readonly allowIncomplete: boolean;
}

/** The one rule by which a scan, an admission and a rescan are judged. */
export function decideVerdict(
  results: readonly Result[],
  os: OperatingSystem | undefined,
  notes: readonly CoverageNote[],
  gate: Gate,
): Verdict {
  const count = results.reduce((sum, result) => sum + result.findings.length, 0);
  const broken: VerdictReason[] = [];
  if (count > 0) broken.push({ kind: 'findings', count });
  if (os?.endOfLife && gate.exitOnEol !== 0) {
    broken.push({ kind: 'end-of-life', family: os.family, release: os.name });
  }
  const open = gate.allowIncomplete ? [] : notes.filter((note) => note.effect === 'incomplete');
  const incomplete: VerdictReason[] = open.map((note) => ({ kind: 'incomplete', note }));
  const result = broken.length > 0 ? 'fail' : incomplete.length > 0 ? 'incomplete' : 'pass';
  return { result, gated: gate.exitCode !== 0 || gate.exitOnEol !== 0, reasons: [...broken, ...incomplete] };
}
