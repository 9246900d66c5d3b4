import { resolve } from 'node:path';
import type { ValidateInput } from '../../../app/index.ts';
import type { BooleanOption, PathOption, TextOption } from '../../../core/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups } from '../../crane-options.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';

const remoteOption: TextOption = {
  kind: 'text',
  flag: 'remote',
  key: 'validate.remote',
  local: true,
  placeholder: 'IMAGE',
  description: 'Check this image of a registry, or all images of an index',
  trust: 'any',
};

const tarballOption: PathOption = {
  kind: 'path',
  flag: 'tarball',
  key: 'validate.tarball',
  local: true,
  placeholder: 'FILE',
  description: 'Check the image of this docker archive',
  trust: 'any',
};

const fastOption: BooleanOption = {
  kind: 'boolean',
  flag: 'fast',
  key: 'validate.fast',
  local: true,
  description: 'Ask only whether layers are there',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { options, host } = invocation;
  const fast = options.get(fastOption);
  const tarball = options.get(tarballOption);
  const remote = options.get(remoteOption);
  if (tarball !== undefined) {
    await check(tarball, { kind: 'archive', path: resolve(host.workingDirectory, tarball), fast }, invocation);
  }
  if (remote !== undefined) {
    await check(remote, { kind: 'reference', reference: remote, fast, ...askedPlatform(invocation) }, invocation);
  }
  return exitCodes.clean;
}

/** @throws CLI_IMAGE_MALFORMED */
async function check(name: string, input: ValidateInput, invocation: Invocation): Promise<void> {
  const { imageProblems } = await import('../../../app/index.ts');
  const context = await withRegistries(invocation, input.kind === 'reference' ? input.reference : undefined);
  const problems = await imageProblems(input, context);
  const lines = problems.join('\n\n').split('\n').map(toVisibleLine);
  const isGood = problems.length === 0;
  await invocation.host.stdout.write(isGood ? `PASS: ${name}\n` : `FAIL: ${name}: ${lines.join('\n')}\n`);
  if (!isGood) throw cliError('CLI_IMAGE_MALFORMED', { data: { name, reason: lines[0] ?? '' } });
}

export const module: CommandModule = {
  options: imageGroups('Validate', remoteOption, tarballOption, fastOption),
  run,
  takesItsTime: true,
};
