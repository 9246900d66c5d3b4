import { readPublicKey } from '../../../app/index.ts';
import { writeOutput } from '../../../disk/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { outfileOption, privateKeyOption, publicKeyOptions } from '../../../sign/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toKeySource } from '../../key-source.ts';
import { askPassword } from '../../prompt.ts';

async function run(invocation: Invocation): Promise<number> {
  const { host, options, descriptor, dialect } = invocation;
  const key = options.get(privateKeyOption);
  const outfile = options.get(outfileOption);
  if (key === undefined) throw cliError('CLI_KEY_MISSING', { data: { command: commandLine(descriptor, dialect) } });
  const context = await withRegistries(invocation);
  const source = toKeySource(key, host);
  const pem = await readPublicKey({ source, password: () => askPassword(host) }, context);
  if (outfile === undefined) await host.stdout.write(pem);
  else {
    await writeOutput(outfile, pem);
    await host.stderr.write(`Public key written to ${outfile}\n`);
  }
  return exitCodes.clean;
}

export const module: CommandModule = { options: [publicKeyOptions, registryOptions], run };
