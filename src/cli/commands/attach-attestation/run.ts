import { attachAttestation } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { attachAttestationOptions, attestationsOption, evidencePlaceOption } from '../../../sign/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { readGiven } from '../../given-file.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host, descriptor, dialect } = invocation;
  const [reference = ''] = operands;
  const paths = options.get(attestationsOption) ?? [];
  if (paths.length === 0) {
    const data = { command: commandLine(descriptor, dialect), flag: 'attestation' };
    throw cliError('CLI_ATTACHMENT_MISSING', { data });
  }
  const files: Buffer[] = [];
  for (const path of paths) files.push(await readGiven(host, path));
  const repository = options.get(evidencePlaceOption);
  const place = { reference, ...(repository !== undefined && { repository }) };
  await attachAttestation({ ...place, files }, await withRegistries(invocation, reference));
  return exitCodes.clean;
}

export const module: CommandModule = { options: [attachAttestationOptions, registryOptions], run };
