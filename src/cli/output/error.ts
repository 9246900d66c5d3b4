import { type AppError, describeError, isAppError } from '../../core/index.ts';
import { redact } from '../../kit/redact.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import { cliError } from '../errors.ts';
import { paint } from './colour.ts';

export interface ErrorStyle {
  readonly colour: boolean;
  /** Adds the stack and the causes. */
  readonly debug: boolean;
  /** Writes the lines that this program writes. */
  readonly as?: 'cosign' | 'crane';
}

/** What is printed of anything thrown: what happened, its code, what to do; never a secret or a control character. */
export function formatError(thrown: unknown, style: ErrorStyle): string {
  const error = toAppError(thrown);
  if (style.as !== undefined) return formatAsPeer(error, style);
  const lines = [
    `${paint('error', 'red', style.colour)}: ${tidy(error.message)} [${error.code}]`,
    `  ${tidy(error.hint)}`,
    ...(style.debug ? traceOf(error) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The line of crane or the two of cosign, which scripts look for; on request with code, hint and stack behind it. */
function formatAsPeer(error: AppError, { as, debug }: ErrorStyle): string {
  const message = tidy(error.message);
  const details = debug ? [`  ${tidy(error.hint)} [${error.code}]`, ...traceOf(error)] : [];
  const last = as === 'cosign' ? [`error during command execution: ${message}`] : [];
  return `${[`Error: ${message}`, ...details, ...last].join('\n')}\n`;
}

function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  return cliError('CLI_UNEXPECTED', { data: { reason: describeError(thrown) }, cause: thrown });
}

function traceOf(error: AppError): string[] {
  const lines: string[] = [];
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 8; depth++, at = at.cause) {
    const stack = (at.stack ?? at.message).split('\n').map(tidy);
    lines.push(...(depth === 0 ? stack : [`caused by: ${stack[0]}`, ...stack.slice(1)]));
  }
  return lines;
}

function tidy(text: string): string {
  return toVisibleLine(redact(text));
}
