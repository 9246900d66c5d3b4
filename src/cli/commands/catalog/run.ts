import type { BooleanOption } from '../../../core/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

const fullRefOption: BooleanOption = {
  kind: 'boolean',
  flag: 'full-ref',
  key: 'catalog.full-ref',
  local: true,
  description: 'Print the registry before each repository',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [registry = ''] = operands;
  const { listRepositories } = await import('../../../app/index.ts');
  const context = await withRegistries(invocation, `${registry}/name`);
  const prefix = options.get(fullRefOption) ? `${registry}/` : '';
  for await (const name of listRepositories(registry, context)) await host.stdout.write(`${prefix}${name}\n`);
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups('Catalog', fullRefOption), run };
