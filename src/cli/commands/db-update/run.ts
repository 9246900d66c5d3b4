import { advisoryOptions } from '../../../advisories/index.ts';
import { type DatabaseId, databaseStatus } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { runUpdate } from '../../updates.ts';

const known: Readonly<Record<string, readonly DatabaseId[]>> = {
  vulnerability: ['vulnerability'],
  java: ['java'],
  all: ['vulnerability', 'java'],
};

async function run(invocation: Invocation): Promise<number> {
  const [name] = invocation.operands;
  if (name === undefined) return runUpdate(invocation, await usual(invocation));
  const chosen = Object.hasOwn(known, name) ? known[name] : undefined;
  const names = Object.keys(known).join(', ');
  if (chosen === undefined) throw cliError('CLI_DATABASE_UNKNOWN', { data: { name, names } });
  return runUpdate(invocation, chosen);
}

/** The Java database is large, and needed by those only who have it already. */
async function usual({ context }: Invocation): Promise<DatabaseId[]> {
  const there = (await databaseStatus(context)).filter(({ size }) => size !== undefined);
  return there.some(({ id }) => id === 'java') ? ['vulnerability', 'java'] : ['vulnerability'];
}

export const module: CommandModule = { options: [advisoryOptions, registryOptions], run };
