import { type AppError, isAppError, type Logger } from '../core/index.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import type { Broken, ServedResponse } from '../net/index.ts';
import type { Meter } from './meter.ts';

/** Who is told of a refusal. */
export interface RefusalWitness {
  readonly meter: Meter;
  readonly log: Logger;
}

const statuses = {
  client: 403,
  'client-name': 403,
  malformed: 400,
  'too-large': 413,
  slow: 408,
  busy: 503,
  'no-room': 503,
  'not-a-review': 415,
} as const;

/** Not an answer that an API server can take for a decision: its failure policy decides. */
export function refuse(why: keyof typeof statuses, reason: string | AppError, witness: RefusalWitness): ServedResponse {
  const status = statuses[why];
  const words = isAppError(reason) ? `${reason.code}: ${reason.message}` : reason;
  witness.meter.refusal(why);
  witness.log.warn('A review was refused', { why, status, reason: toVisibleLine(words) });
  return plain(status, words);
}

/** Connections that never came to a request are counted, and each kind is logged once in a while only. */
export function makeBrokenWitness({ meter, log }: RefusalWitness, now: () => number): (why: Broken) => void {
  const told = new Map<Broken, number>();
  return (why) => {
    meter.refusal(why);
    if (now() - (told.get(why) ?? Number.NEGATIVE_INFINITY) < pause) return;
    told.set(why, now());
    log.warn('A connection was refused', { why });
  };
}

const pause = 10_000;

/** An answer in one line of text; after a refusal the connection ends. */
export function plain(status: number, text: string): ServedResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...(status >= 400 && { connection: 'close' }) };
  return { status, headers, body: `${text}\n` };
}
