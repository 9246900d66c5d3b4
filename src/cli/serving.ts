import { debugOption, quietOption } from '../config/index.ts';
import type { Logger, TextOption, WithDefault } from '../core/index.ts';
import type { Invocation } from './command.ts';
import { makeJsonLogger } from './output/json-log.ts';
import { optionsOf } from './own-option.ts';

/** The log of a server, in the format that the option says. */
export function logOfServer(
  { options, host, context }: Invocation,
  format: WithDefault<TextOption<'text' | 'json'>>,
): Logger {
  if (options.get(format) === 'text' || options.get(quietOption)) return context.log;
  const write = (text: string): void => void host.stderr.write(text);
  return makeJsonLogger({ write, clock: context.clock, debug: options.get(debugOption) });
}

/** How a server writes its log. */
export function makeLogFormatOption(
  command: string,
  { preset, each }: { readonly preset: 'text' | 'json'; readonly each: string },
): WithDefault<TextOption<'text' | 'json'>> {
  return {
    ...optionsOf(command)('log-format', `Write a line of text or of JSON for each ${each}`),
    kind: 'text',
    allowed: ['text', 'json'],
    default: preset,
    trust: 'any',
  };
}

/** Until the program is told to stop. */
export function untilStopped(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve());
  });
}
