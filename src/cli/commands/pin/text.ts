import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { PinMode, PinReport, ReferenceOutcome, ReferenceState } from '../../../pin/index.ts';
import type { Invocation } from '../../command.ts';

/** Writes what became of references: a diff, or a line for each that is not simply pinned. */
export async function writePinReport(report: PinReport, mode: PinMode, invocation: Invocation): Promise<void> {
  const { log } = invocation.context;
  await (mode === 'diff' ? writeDiff(report, invocation) : writeLines(report, mode, invocation));
  const states = Object.entries(Object.groupBy(report.references, ({ state }) => state));
  const counts = Object.fromEntries(states.map(([state, all]) => [state, all.length]));
  log.info('References', { files: report.files, ...counts, 'files changed': report.changed.length });
}

/** The diff alone goes where programs read it. */
async function writeDiff({ references, problems, changed }: PinReport, { host, context }: Invocation): Promise<void> {
  for (const { diff = '' } of changed) await host.stdout.write(diff);
  for (const { path, line, column, reference, state, reason } of references) {
    if (openWords[state] === undefined) continue;
    context.log.warn('A reference is left as it is', { at: `${path}:${line}:${column}`, reference, reason });
  }
  for (const { path, reason } of problems) context.log.warn('A file is left out', { path, reason });
}

async function writeLines(report: PinReport, mode: 'check' | 'write', { host }: Invocation): Promise<void> {
  const lines = [
    ...report.references.flatMap((reference) => lineOf(reference, changeWords[mode])),
    ...report.problems.map(({ path, reason }) => `${path}: ${reason}`),
  ];
  await host.stdout.write(lines.map((line) => `${toVisibleLine(line)}\n`).join(''));
}

type StateWords = Partial<Readonly<Record<ReferenceState, string>>>;

const changeWords: Readonly<Record<'check' | 'write', StateWords>> = {
  check: { unpinned: 'is not pinned', outdated: 'is behind its tag' },
  write: { unpinned: 'pinned', outdated: 'moved' },
};

const openWords: StateWords = {
  unpinnable: 'cannot be pinned',
  failed: 'could not be looked up',
  kept: 'was left as it is',
};

/** `FILE:LINE:COLUMN: REFERENCE (WHAT) is not pinned`. */
function lineOf(outcome: ReferenceOutcome, words: StateWords): string[] {
  const { path, line, column, reference, what, state, pin, reason } = outcome;
  const word = words[state] ?? openWords[state];
  const more = reason ?? pin;
  if (word === undefined) return [];
  return [`${path}:${line}:${column}: ${reference} (${what}) ${word}${more === undefined ? '' : `: ${more}`}`];
}
