import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run(invocation: Invocation): Promise<number> {
  const [reference = '', tag = ''] = invocation.operands;
  const { tagImage } = await import('../../../app/index.ts');
  await tagImage({ reference, tag }, await withRegistries(invocation, reference));
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups(''), run };
