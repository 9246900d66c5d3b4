import { resolve } from 'node:path';
import { writeOutput } from '../../../disk/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, host } = invocation;
  const [reference = '', target = '-'] = operands;
  const { exportImage } = await import('../../../app/index.ts');
  const isStream = reference === '-';
  const input = isStream
    ? ({ kind: 'archive', stream: host.stdin() } as const)
    : ({ kind: 'reference', reference, ...askedPlatform(invocation) } as const);
  const pieces = exportImage(input, await withRegistries(invocation, isStream ? undefined : reference));
  if (target === '-') for await (const piece of pieces) await host.stdout.write(piece);
  else await writeOutput(resolve(host.workingDirectory, target), pieces);
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups(''), run, takesItsTime: true };
