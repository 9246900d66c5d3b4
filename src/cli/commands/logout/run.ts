import type { CommandModule, Invocation } from '../../command.ts';
import { verboseGroup } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run({ operands, host, context }: Invocation): Promise<number> {
  const [registry = ''] = operands;
  const { forgetLogin } = await import('../../../app/index.ts');
  const { path } = await forgetLogin({ registry, environment: host.environment }, context);
  context.log.info('Logged out', { registry, via: path });
  return exitCodes.clean;
}

export const module: CommandModule = { options: [verboseGroup], run };
