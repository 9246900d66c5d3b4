import { resolve } from 'node:path';
import { type BooleanOption, type PathOption, parseImageReference } from '../../../core/index.ts';
import { craneRepository } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { askedPlatform, imageGroups } from '../../crane-options.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { requireOperand } from '../../operand.ts';

const fullRefOption: BooleanOption = {
  kind: 'boolean',
  flag: 'full-ref',
  key: 'digest.full-ref',
  local: true,
  description: 'Print the name of the image with the digest',
  trust: 'any',
};

const tarballOption: PathOption = {
  kind: 'path',
  flag: 'tarball',
  key: 'digest.tarball',
  local: true,
  placeholder: 'FILE',
  description: 'Take the image of this docker archive, by its name where there are several',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { options, host } = invocation;
  const tarball = options.get(tarballOption);
  const isFull = options.get(fullRefOption);
  if (tarball !== undefined && isFull) throw refuseFullRef(invocation);
  const digest = await (tarball === undefined ? remoteDigest(invocation) : archivedDigest(tarball, invocation));
  const name = isFull ? `${craneRepository(parseImageReference(requireOperand(invocation, 0)))}@` : '';
  await host.stdout.write(`${name}${digest}\n`);
  return exitCodes.clean;
}

async function remoteDigest(invocation: Invocation): Promise<string> {
  const reference = requireOperand(invocation, 0);
  const { imageDigest } = await import('../../../app/index.ts');
  return imageDigest({ reference, ...askedPlatform(invocation) }, await withRegistries(invocation, reference));
}

async function archivedDigest(path: string, { operands, host }: Invocation): Promise<string> {
  const { archiveDigest } = await import('../../../app/index.ts');
  const [name] = operands;
  return archiveDigest({ path: resolve(host.workingDirectory, path), ...(name !== undefined && { name }) });
}

function refuseFullRef({ descriptor, dialect }: Invocation): Error {
  const reason = 'cannot specify --full-ref with --tarball';
  return cliError('CLI_USAGE', { data: { reason, command: commandLine(descriptor, dialect) } });
}

export const module: CommandModule = { options: imageGroups('Digest', fullRefOption, tarballOption), run };
