import { convertPolicyFile } from '../../../app/index.ts';
import { convertToOption } from '../../../policy/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';

/** Policies as YAML on standard output; a part that cannot be said there is an error, and then nothing is written. */
async function run({ operands, options, host }: Invocation): Promise<number> {
  const [path = ''] = operands;
  await host.stdout.write(await convertPolicyFile(path, options.get(convertToOption)));
  return exitCodes.clean;
}

export const module: CommandModule = { options: [{ id: 'policy', title: 'Policy', options: [convertToOption] }], run };
