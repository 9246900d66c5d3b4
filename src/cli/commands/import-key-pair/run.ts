import { importKeyPair } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { importedKeyOption, importOptions, importPrefixOption, yesOption } from '../../../sign/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { keepKeyPair } from '../../key-pair.ts';
import { toKeyTextSource } from '../../key-source.ts';
import { askPassword } from '../../prompt.ts';

async function run(invocation: Invocation): Promise<number> {
  const { host, options, descriptor, dialect } = invocation;
  const key = options.get(importedKeyOption);
  if (key === undefined) throw cliError('CLI_KEY_MISSING', { data: { command: commandLine(descriptor, dialect) } });
  const source = toKeyTextSource(key, host);
  const password = await askPassword(host, { twice: true });
  const prefix = options.get(importPrefixOption);
  const context = await withRegistries(invocation);
  const write = (replace: boolean) => importKeyPair({ source, prefix, password, replace }, context);
  return keepKeyPair(host, write, { yes: options.get(yesOption) });
}

export const module: CommandModule = { options: [importOptions, registryOptions], run };
