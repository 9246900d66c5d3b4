import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { PinMode, PinReport, ReferenceOutcome, ReferenceState } from '../../../pin/index.ts';
import type { Invocation } from '../../command.ts';

/** Writes what became of references: a diff, or a line for each that is not simply pinned. */
export async function writePinReport(
  report: PinReport,
  mode: PinMode,
  { host, context }: Pick<Invocation, 'host' | 'context'>,
): Promise<void> {
  const { references, problems, changed, files } = report;
  const told = references.flatMap((reference) => lineOf(reference, mode));
  const unread = problems.map(({ path, reason }) => toVisibleLine(`${path}: ${reason}`));
  if (mode === 'diff') {
    // The diff alone goes where programs read it.
    for (const { diff = '' } of changed) await host.stdout.write(diff);
    for (const line of [...references.filter(isOpen).flatMap((one) => lineOf(one, mode)), ...unread]) {
      context.log.warn(line);
    }
  } else {
    await host.stdout.write([...told, ...unread].map((line) => `${line}\n`).join(''));
  }
  context.log.info('References', { files, ...countStates(references), 'files changed': changed.length });
}

const words: Readonly<Record<PinMode, Partial<Record<ReferenceState, string>>>> = {
  check: { unpinned: 'is not pinned', outdated: 'is behind its tag' },
  diff: { unpinned: 'would be pinned', outdated: 'would be moved' },
  write: { unpinned: 'pinned', outdated: 'moved' },
};

const openWords: Partial<Record<ReferenceState, string>> = {
  unpinnable: 'cannot be pinned',
  failed: 'could not be looked up',
  kept: 'was left as it is',
};

function isOpen({ state }: ReferenceOutcome): boolean {
  return openWords[state] !== undefined;
}

/** `FILE:LINE:COLUMN: REFERENCE (WHAT) is not pinned`. */
function lineOf(
  { path, line, column, reference, what, state, pin, reason }: ReferenceOutcome,
  mode: PinMode,
): string[] {
  const word = words[mode][state] ?? openWords[state];
  if (word === undefined) return [];
  const behind = reason === undefined ? (pin === undefined ? '' : `: ${pin}`) : `: ${reason}`;
  return [toVisibleLine(`${path}:${line}:${column}: ${reference} (${what}) ${word}${behind}`)];
}

function countStates(references: readonly ReferenceOutcome[]): Record<string, number> {
  const groups = Object.groupBy(references, ({ state }) => state);
  return Object.fromEntries(Object.entries(groups).map(([state, all]) => [state, all.length]));
}
