import type { BooleanOption, WithDefault } from '../../../core/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { verifyFile } from '../../verified-file.ts';
import { signatureOptions } from '../../verified-image.ts';

const baseImageOnlyOption: WithDefault<BooleanOption> = {
  kind: 'boolean',
  flag: 'base-image-only',
  key: 'verify.base-image-only',
  local: true,
  default: false,
  description: 'Verify only the image that the last stage starts from',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  return verifyFile(invocation, { file: 'dockerfile', baseOnly: invocation.options.get(baseImageOnlyOption) });
}

export const module: CommandModule = {
  options: [...signatureOptions, { id: 'dockerfile', title: 'Dockerfile', options: [baseImageOnlyOption] }],
  run,
};
