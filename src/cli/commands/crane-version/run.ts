import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';
import { programVersion } from '../../version.ts';

async function run({ host }: Invocation): Promise<number> {
  await host.stdout.write(`${programVersion}\n`);
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups(''), run };
