import { registryOptions } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { craneOptions, nondistributableOption } from '../../crane-options.ts';
import { listOption, readPlatform, textOption, writeStored } from '../../edited.ts';

const platformsOption = listOption('platform', 'Keep images for this platform; parts that are left out stand for any', {
  placeholder: 'OS[/ARCH[/VARIANT]][:VERSION]',
});
const tagOption = textOption('tag', 'Name of the new index; in place of the old one without it', {
  short: 't',
  placeholder: 'IMAGE',
});

async function run(invocation: Invocation): Promise<number> {
  const { options, operands } = invocation;
  const [index = ''] = operands;
  const target = options.get(tagOption);
  const platforms = options.get(platformsOption).map((text) => readPlatform(text, invocation));
  const { filterIndex } = await import('../../../app/index.ts');
  const stored = await filterIndex(
    { index, platforms, ...(target && { target }), allowForeign: options.get(nondistributableOption) },
    await withRegistries(invocation, index, target),
  );
  return writeStored(invocation, stored);
}

const general = craneOptions.options.filter(({ flag }) => flag !== platformsOption.flag);

export const module: CommandModule = {
  takesItsTime: true,
  options: [
    { id: 'command', title: 'Index', options: [platformsOption, tagOption] },
    { ...craneOptions, options: general },
    registryOptions,
  ],
  run,
};
