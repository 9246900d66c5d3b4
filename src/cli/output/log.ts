import type { ErrorData, Logger } from '../../core/index.ts';
import { redact } from '../../kit/redact.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import { type Colour, paint } from './colour.ts';

export type LogLevel = 'debug' | 'info' | 'warn';

export interface LogOptions {
  readonly write: (text: string) => void;
  readonly colour: boolean;
  /** The least that is printed; undefined prints nothing. */
  readonly level: LogLevel | undefined;
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn'];
const colours: Readonly<Record<LogLevel, Colour>> = { debug: 'dim', info: 'cyan', warn: 'yellow' };

/** A logger that writes one line an event: level, static text, then fields as `name=value`. */
export function makeLogger({ write, colour, level }: LogOptions): Logger {
  const least = level === undefined ? levels.length : levels.indexOf(level);
  const log = (at: LogLevel) => (text: string, fields?: ErrorData) => {
    if (levels.indexOf(at) < least) return;
    write(`${paint(at, colours[at], colour)}: ${text}${formatFields(fields)}\n`);
  };
  return { debug: log('debug'), info: log('info'), warn: log('warn') };
}

function formatFields(fields: ErrorData = {}): string {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${quote(toVisibleLine(redact(String(value))))}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function quote(value: string): string {
  return /[\s,()"]/.test(value) || value === '' ? JSON.stringify(value) : value;
}
