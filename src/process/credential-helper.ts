import { processError } from './errors.ts';
import { type RunResult, run } from './run.ts';

/** What a helper knows: `username` is `<token>` when `secret` is an identity token (docker-credential-helpers README). */
export interface HelperCredential {
  readonly username: string;
  readonly secret: string;
}

export interface HelperOptions {
  /** Environment of the helper; it finds its own configuration there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; a helper may have to ask a cloud service. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

const maxOutput = 256 * 1024;
const defaultTimeout = 30_000;

/** Every helper of docker says this, and nothing else tells "none" from "failed". */
const notFound = /credentials not found in native keychain|no credentials server URL/i;

/**
 * Asks `docker-credential-HELPER get` for a server; undefined when it knows none.
 * @throws PROCESS_HELPER_NAME, PROCESS_HELPER_MISSING, PROCESS_HELPER_FAILED, PROCESS_HELPER_TIMEOUT
 */
export async function askCredentialHelper(
  helper: string,
  server: string,
  options: HelperOptions,
): Promise<HelperCredential | undefined> {
  const output = await runHelper(helper, 'get', server, options);
  return output === undefined ? undefined : parseCredential(output, `docker-credential-${helper}`);
}

/** Gives a helper a credential to keep. @throws PROCESS_HELPER_* */
export async function storeCredential(
  helper: string,
  server: string,
  { username, secret }: HelperCredential,
  options: HelperOptions,
): Promise<void> {
  await runHelper(helper, 'store', JSON.stringify({ ServerURL: server, Username: username, Secret: secret }), options);
}

/** Has a helper forget what it keeps for a server; false when it knows none. @throws PROCESS_HELPER_* */
export async function eraseCredential(helper: string, server: string, options: HelperOptions): Promise<boolean> {
  return (await runHelper(helper, 'erase', server, options)) !== undefined;
}

/** What the helper printed; undefined when it says that it knows no such server. */
async function runHelper(
  helper: string,
  action: 'get' | 'store' | 'erase',
  input: string,
  options: HelperOptions,
): Promise<string | undefined> {
  if (!/^[\w][\w.-]{0,99}$/.test(helper)) {
    throw processError('PROCESS_HELPER_NAME', { data: { helper: helper.slice(0, 100) } });
  }
  const program = `docker-credential-${helper}`;
  const timeout = options.timeout ?? defaultTimeout;
  const result = await run({
    program,
    arguments: [action],
    input,
    environment: options.environment,
    maxOutput,
    timeout,
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  return readResult(result, program, timeout);
}

function readResult(result: RunResult, program: string, milliseconds: number): string | undefined {
  switch (result.kind) {
    case 'missing':
      throw processError('PROCESS_HELPER_MISSING', { data: { program } });
    case 'timeout':
      throw processError('PROCESS_HELPER_TIMEOUT', { data: { program, milliseconds } });
    case 'too-much-output':
      throw failed(program, 'it writes without end');
    case 'exited':
      if (result.code === 0) return result.stdout;
      if (notFound.test(result.stdout) || notFound.test(result.stderr)) return undefined;
      throw failed(program, `exit code ${result.code}`);
  }
}

/** What a helper prints is never shown: it may hold the secret. */
function parseCredential(text: string, program: string): HelperCredential | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw failed(program, 'its answer is not JSON');
  }
  const { Username: username, Secret: secret } = (value ?? {}) as Record<string, unknown>;
  if (typeof username !== 'string' || typeof secret !== 'string') throw failed(program, 'its answer has no credential');
  return username === '' && secret === '' ? undefined : { username, secret };
}

function failed(program: string, reason: string): Error {
  return processError('PROCESS_HELPER_FAILED', { data: { program, reason } });
}
