import { type AppContext, makeContext, type RegistryAccess } from '../app/index.ts';
import { toRegistryAccess } from '../config/index.ts';
import { collectBytes } from '../kit/collect.ts';
import { passwordStdinOption } from '../oci/index.ts';
import type { Invocation } from './command.ts';
import { cliError } from './errors.ts';

const maxPasswordSize = 64 * 1024;

/** The context with the registries that the options and the names of images lead to. @throws CONFIG_CREDENTIALS_UNPAIRED, CLI_PASSWORD_MISSING */
export async function withRegistries(
  invocation: Invocation,
  ...references: readonly (string | undefined)[]
): Promise<AppContext> {
  return makeContext({ ...invocation.context, access: await readAccess(invocation, ...references) });
}

/** How the options and the names of images lead to registries. @throws CONFIG_CREDENTIALS_UNPAIRED, CLI_PASSWORD_MISSING */
export async function readAccess(
  invocation: Invocation,
  ...references: readonly (string | undefined)[]
): Promise<RegistryAccess> {
  const { options, host } = invocation;
  const password =
    options.has(passwordStdinOption) && options.get(passwordStdinOption) ? await readPassword(host.stdin()) : undefined;
  return toRegistryAccess(options, {
    environment: host.environment,
    references: references.filter((reference) => reference !== undefined),
    ...(password !== undefined && { password }),
  });
}

/** The first line of the standard input. */
async function readPassword(input: AsyncIterable<Uint8Array>): Promise<string> {
  const bytes = await collectBytes(input, maxPasswordSize);
  const [line = ''] = bytes?.toString('utf8').split(/\r?\n/) ?? [];
  if (line === '') throw cliError('CLI_PASSWORD_MISSING');
  return line;
}
