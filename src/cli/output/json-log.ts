import type { Clock, ErrorData, Logger } from '../../core/index.ts';
import { toJsonLine } from '../../kit/json-text.ts';
import { redact } from '../../kit/redact.ts';

export interface JsonLogOptions {
  readonly write: (text: string) => void;
  readonly clock: Clock;
  readonly debug: boolean;
}

/** A logger that writes one JSON object a line: `time`, `level`, `message`, then the fields. */
export function makeJsonLogger({ write, clock, debug }: JsonLogOptions): Logger {
  const log = (level: string) => (message: string, fields?: ErrorData) => {
    const time = clock.now().toISOString();
    write(`${toJsonLine({ time, level, message, ...redactFields(fields) })}\n`);
  };
  return { debug: debug ? log('debug') : () => undefined, info: log('info'), warn: log('warn') };
}

function redactFields(fields: ErrorData = {}): ErrorData {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );
}
