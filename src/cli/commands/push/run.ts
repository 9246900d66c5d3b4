import { resolve } from 'node:path';
import type { BooleanOption, PathOption } from '../../../core/index.ts';
import { parseImageReference } from '../../../core/index.ts';
import { writeOutput } from '../../../disk/index.ts';
import { craneRepository } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups, nondistributableOption } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

const indexOption: BooleanOption = {
  kind: 'boolean',
  flag: 'index',
  key: 'push.index',
  local: true,
  description: 'Push all that a layout holds as one index',
  trust: 'any',
};

const imageRefsOption: PathOption = {
  kind: 'path',
  flag: 'image-refs',
  key: 'push.image-refs',
  local: true,
  placeholder: 'FILE',
  description: 'Write the name of what was pushed, by digest, to this file',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [path = '', target = ''] = operands;
  const { pushImage } = await import('../../../app/index.ts');
  const input = {
    path: resolve(host.workingDirectory, path),
    target,
    asIndex: options.get(indexOption),
    allowForeign: options.get(nondistributableOption),
  };
  const digest = await pushImage(input, await withRegistries(invocation, target));
  const name = `${craneRepository(parseImageReference(target))}@${digest}`;
  const refs = options.get(imageRefsOption);
  if (refs !== undefined) await writeOutput(resolve(host.workingDirectory, refs), name, 0o600);
  await host.stdout.write(`${name}\n`);
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: imageGroups('Push', indexOption, imageRefsOption),
  run,
  takesItsTime: true,
};
