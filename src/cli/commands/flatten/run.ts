import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { textOption, writeStored } from '../../edited.ts';

const tagOption = textOption('tag', 'Name of the new image; in place of the old one without it', {
  short: 't',
  placeholder: 'IMAGE',
});

async function run(invocation: Invocation): Promise<number> {
  const { options, operands, dialect } = invocation;
  const [image = ''] = operands;
  const target = options.get(tagOption);
  const { flattenImage } = await import('../../../app/index.ts');
  const stored = await flattenImage(
    { image, ...(target && { target }), program: dialect.id },
    await withRegistries(invocation, image, target),
  );
  return writeStored(invocation, stored);
}

export const module: CommandModule = { takesItsTime: true, options: imageGroups('Flatten', tagOption), run };
