import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, host } = invocation;
  const [reference = ''] = operands;
  const { readBlob } = await import('../../../app/index.ts');
  for await (const chunk of readBlob(reference, await withRegistries(invocation, reference))) {
    await host.stdout.write(chunk);
  }
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups(''), run, takesItsTime: true };
