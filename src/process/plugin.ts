import { processError } from './errors.ts';
import { run } from './run.ts';

export interface PluginQuestion {
  readonly arguments: readonly string[];
  /** Standard input. */
  readonly input: string | Uint8Array;
}

export interface PluginOptions {
  /** Environment of the plugin; it finds its own configuration there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; a plugin may have to ask a cloud service. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

const maxOutput = 2 ** 20;
const defaultTimeout = 180_000;

/**
 * What a plugin prints; its exit code says nothing, and what it writes to the standard error is not shown.
 * @throws PROCESS_PLUGIN_MISSING, PROCESS_PLUGIN_FAILED, PROCESS_PLUGIN_TIMEOUT
 */
export async function askPlugin(program: string, question: PluginQuestion, options: PluginOptions): Promise<string> {
  const { environment, timeout = defaultTimeout, signal } = options;
  const bounds = { environment, timeout, maxOutput, ...(signal !== undefined && { signal }) };
  const result = await run({ program, ...question, ...bounds });
  switch (result.kind) {
    case 'missing':
      throw processError('PROCESS_PLUGIN_MISSING', { data: { program } });
    case 'timeout':
      throw processError('PROCESS_PLUGIN_TIMEOUT', { data: { program, milliseconds: timeout } });
    case 'too-much-output':
      throw failed(program, 'it writes without end');
    case 'exited':
      if (result.code < 0) throw failed(program, 'it was ended by a signal');
      return result.stdout;
  }
}

function failed(program: string, reason: string): Error {
  return processError('PROCESS_PLUGIN_FAILED', { data: { program, reason } });
}
