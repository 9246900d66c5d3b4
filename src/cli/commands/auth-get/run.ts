import { collectBytes } from '../../../kit/collect.ts';
import { toJsonLine } from '../../../kit/json-text.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { verboseGroup } from '../../crane-options.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';

const maxName = 64 * 1024;

/** The words of docker's helpers, by which their callers know that there is none. */
const notFound = 'credentials not found in native keychain\n';

async function run(invocation: Invocation): Promise<number> {
  const { host, context } = invocation;
  const { findLogin } = await import('../../../app/index.ts');
  const found = await findLogin({ registry: await readRegistry(invocation), environment: host.environment }, context);
  if (found === undefined) {
    await host.stdout.write(notFound);
    return exitCodes.error;
  }
  const { username, secret } = found;
  await host.stdout.write(
    `${toJsonLine({ ...(username && { Username: username }), ...(secret && { Secret: secret }) })}\n`,
  );
  return exitCodes.clean;
}

async function readRegistry({ operands, host }: Invocation): Promise<string> {
  const [given] = operands;
  if (given !== undefined) return given;
  const bytes = await collectBytes(host.stdin(), maxName);
  if (bytes === undefined) throw cliError('CLI_INPUT_TOO_LARGE', { data: { limit: maxName } });
  return bytes.toString('utf8').trim();
}

export const module: CommandModule = { options: [verboseGroup], run };
