import type { CoverageNote } from '../../core/index.ts';
import { countOf } from '../verdict-words.ts';
import { limits } from './limits.ts';
import type { Part, Split } from './parts.ts';

/** What the log and the coverage say of findings for which there was no room. */
export function describeLeftOut({ leftOut, total }: Split): CoverageNote[] {
  if (leftOut === 0) return [];
  const message = `${countOf(leftOut, 'finding')} of ${total}, those of the lowest rank, are not in the SARIF file: code scanning takes no larger one`;
  return [{ effect: 'note', code: 'limit-reached', message, data: { leftOut, total } }];
}

/** What a reader of one run has to know of the others. */
export function describePart({ number, of, findings }: Part): CoverageNote[] {
  if (of === 1) return [];
  const message = `Part ${number} of ${of}: ${countOf(findings.length, 'result')} by rank, as a run has at most ${limits.results}`;
  return [{ effect: 'note', code: 'limit-reached', message }];
}
