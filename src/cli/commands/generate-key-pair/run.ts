import { generateKeyPair } from '../../../app/index.ts';
import { generateOptions, outputPrefixOption } from '../../../sign/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { keepKeyPair } from '../../key-pair.ts';
import { askPassword } from '../../prompt.ts';

async function run({ host, options }: Invocation): Promise<number> {
  const password = await askPassword(host, { twice: true });
  const prefix = options.get(outputPrefixOption);
  return keepKeyPair(host, (replace) => generateKeyPair({ prefix, password, replace }));
}

export const module: CommandModule = { options: [generateOptions], run };
