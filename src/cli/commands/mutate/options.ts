import type { ListOption, TextOption } from '../../../core/index.ts';
import { listOption, textOption } from '../../edited.ts';

const pair = 'NAME=VALUE';

export const annotationOption: ListOption = listOption('annotation', 'Annotate the manifest', {
  short: 'a',
  placeholder: pair,
});
export const labelOption: ListOption = listOption('label', 'Set a label', { short: 'l', placeholder: pair });
export const envOption: ListOption = listOption('env', 'Set a variable of the environment', {
  short: 'e',
  placeholder: pair,
});
export const entrypointOption: ListOption = listOption(
  'entrypoint',
  'Set the entrypoint, which takes the command away',
);
export const cmdOption: ListOption = listOption('cmd', 'Set the command');
export const portsOption: ListOption = listOption('exposed-ports', 'Set the ports that are exposed, such as 80/tcp');
export const layersOption: ListOption = listOption(
  'append',
  'Tar to put on it first, plain or packed; - is the standard input',
  {
    placeholder: 'FILE',
  },
);
export const userOption: TextOption = textOption('user', 'Set the user', { short: 'u' });
export const workdirOption: TextOption = textOption('workdir', 'Set the working directory', { short: 'w' });
export const newPlatformOption: TextOption = textOption('set-platform', 'Set the platform', {
  placeholder: 'OS/ARCH[/VARIANT][:VERSION]',
});
export const tagOption: TextOption = textOption('tag', 'Name of the new image; in place of the old one without it', {
  short: 't',
  placeholder: 'IMAGE',
});
export const repoOption: TextOption = textOption(
  'repo',
  'Store the new image in this repository under its digest only',
  {
    placeholder: 'REPOSITORY',
  },
);
