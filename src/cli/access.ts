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
export function readAccess(
  invocation: Invocation,
  ...references: readonly (string | undefined)[]
): Promise<RegistryAccess> {
  return toAccess(invocation, { references: references.filter((reference) => reference !== undefined) });
}

/** The context for a copy: a login that is given is for the target, the source has what is stored for it. @throws CONFIG_CREDENTIALS_UNPAIRED, CLI_PASSWORD_MISSING */
export async function withTarget(invocation: Invocation, target: string, source: string): Promise<AppContext> {
  const access = await toAccess(invocation, { references: [target], also: [source] });
  return makeContext({ ...invocation.context, access });
}

async function toAccess(
  { options, host }: Invocation,
  named: { readonly references: readonly string[]; readonly also?: readonly string[] },
): Promise<RegistryAccess> {
  const password =
    options.has(passwordStdinOption) && options.get(passwordStdinOption) ? await readPassword(host.stdin()) : undefined;
  return toRegistryAccess(options, {
    environment: host.environment,
    ...named,
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
