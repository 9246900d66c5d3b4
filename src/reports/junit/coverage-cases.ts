import type { CoverageNote, VerdictReason } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { countsOpenNotes, describeEndOfLife, describeNote, openNotes } from '../verdict-words.ts';
import type { Case } from './test-case.ts';

const maxNotes = 200;
const className = 'coverage';

/**
 * A case that passes when everything was judged, else one error for each thing that was not, so that a build does not
 * take silence for an answer. What somebody allowed is skipped instead.
 */
export function coverageCases(report: Report): Case[] {
  const notes = openNotes(report);
  const kind = countsOpenNotes(report.verdict) ? 'error' : 'skipped';
  const more = notes.length - maxNotes;
  return [
    ...report.verdict.reasons.flatMap(toEndOfLifeCase),
    ...notes.slice(0, maxNotes).map((note) => toCase(note, kind)),
    ...(more > 0 ? [toCase({ effect: 'incomplete', code: 'limit-reached', message: restOf(more) }, kind)] : []),
    ...(notes.length === 0 ? [{ className, name: 'Everything that was found could be judged' }] : []),
  ];
}

function restOf(more: number): string {
  return `${more} more could not be judged`;
}

function toCase(note: CoverageNote, kind: 'error' | 'skipped'): Case {
  const { code, message, path } = note;
  return {
    className,
    name: `[${code}] ${path ?? message}`,
    ...(path !== undefined && { file: path }),
    outcome: { kind, message, type: code, text: describeNote(note) },
  };
}

function toEndOfLifeCase(reason: VerdictReason): Case[] {
  if (reason.kind !== 'end-of-life') return [];
  const text = describeEndOfLife(reason);
  return [{ className: 'verdict', name: text, outcome: { kind: 'failure', message: text, type: 'end-of-life', text } }];
}
