import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, host } = invocation;
  const [reference = ''] = operands;
  const { imageManifest } = await import('../../../app/index.ts');
  const context = await withRegistries(invocation, reference);
  await host.stdout.write(await imageManifest({ reference, ...askedPlatform(invocation) }, context));
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups(''), run };
