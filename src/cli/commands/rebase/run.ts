import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups, nondistributableOption } from '../../crane-options.ts';
import { refuseUsage, textOption, writeStored } from '../../edited.ts';

const image = { placeholder: 'IMAGE' };
const oldBaseOption = textOption('old_base', 'What the image was built on; its annotations tell without it', image);
const newBaseOption = textOption('new_base', 'What it shall be built on; its annotations tell without it', image);
const tagOption = textOption('tag', 'Name of the new image; in place of the old one without it', {
  short: 't',
  aliases: [{ flag: 'rebased', deprecated: true }],
  ...image,
});
const originalOption = textOption('original', 'Refused, as crane does: the image is named without a flag', image);

async function run(invocation: Invocation): Promise<number> {
  const { options, operands } = invocation;
  const [reference = ''] = operands;
  if (options.get(originalOption)) refuseUsage(invocation, 'cannot use --original with positional argument');
  const [oldBase, newBase, target] = [oldBaseOption, newBaseOption, tagOption].map((option) => options.get(option));
  const { rebaseImage } = await import('../../../app/index.ts');
  const stored = await rebaseImage(
    {
      image: { reference, ...askedPlatform(invocation) },
      ...(oldBase && { oldBase }),
      ...(newBase && { newBase }),
      ...(target && { target }),
      allowForeign: options.get(nondistributableOption),
    },
    await withRegistries(invocation, reference, oldBase, newBase, target),
  );
  return writeStored(invocation, stored);
}

export const module: CommandModule = {
  takesItsTime: true,
  options: imageGroups('Rebase', oldBaseOption, newBaseOption, tagOption, originalOption),
  run,
};
