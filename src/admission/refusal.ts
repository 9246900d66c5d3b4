import { type AppError, isAppError, type Logger } from '../core/index.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import type { Broken, ServedResponse } from '../net/index.ts';
import type { Meter } from './meter.ts';

/** Who is told of a refusal. */
export interface RefusalWitness {
  readonly meter: Meter;
  readonly log: Pick<Logger, 'warn'>;
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

/** Connections that never came to a request are counted and logged. */
export function makeBrokenWitness({ meter, log }: RefusalWitness): (why: Broken) => void {
  return (why) => {
    meter.refusal(why);
    log.warn('A connection was refused', { why });
  };
}

const spell = { milliseconds: 10_000, lines: 20 };

/** A log that whoever is refused cannot fill: some lines of a kind in ten seconds, and then how many were left out. */
export function sparing(log: Pick<Logger, 'warn'>, now: () => number): Pick<Logger, 'warn'> {
  const spells = new Map<unknown, { readonly since: number; count: number }>();
  return {
    warn(text, fields = {}) {
      const [at, current] = [now(), spells.get(fields['why'])];
      if (current !== undefined && at - current.since < spell.milliseconds) {
        if (++current.count <= spell.lines) log.warn(text, fields);
        return;
      }
      const leftOut = (current?.count ?? 0) - spell.lines;
      spells.set(fields['why'], { since: at, count: 1 });
      log.warn(text, { ...fields, ...(leftOut > 0 && { leftOut }) });
    },
  };
}

/** An answer in one line of text; after a refusal the connection ends. */
export function plain(status: number, text: string): ServedResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...(status >= 400 && { connection: 'close' }) };
  return { status, headers, body: `${text}\n` };
}
