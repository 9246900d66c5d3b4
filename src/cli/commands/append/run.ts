import type { BooleanOption } from '../../../core/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups, nondistributableOption } from '../../crane-options.ts';
import {
  listOf,
  listOption,
  outputOf,
  outputOption,
  refuseUsage,
  textOption,
  toLayers,
  writeStored,
} from '../../edited.ts';

const baseOption = textOption('base', 'Put the layers on this image', { short: 'b', placeholder: 'IMAGE' });

const layersOption = listOption('new_layer', 'Tar to put on it, plain or packed; - is the standard input', {
  short: 'f',
  placeholder: 'FILE',
});

const tagOption = textOption('new_tag', 'Name of the new image', { short: 't', placeholder: 'IMAGE' });

const toggle = (flag: string, description: string): BooleanOption => ({
  kind: 'boolean',
  flag,
  key: `append.${flag}`,
  local: true,
  description,
  trust: 'any',
});

const annotateOption = toggle('set-base-image-annotations', 'Note name and digest of the base in the manifest');
const ociEmptyOption = toggle('oci-empty-base', "Without a base, write OCI's media types instead of Docker's");

async function run(invocation: Invocation): Promise<number> {
  const { options, context } = invocation;
  const base = options.get(baseOption);
  const { paths, target } = readRequired(invocation);
  const isOci = options.get(ociEmptyOption);
  if (base !== undefined && isOci) refuseUsage(invocation, '--base and --oci-empty-base exclude each other');
  if (base === undefined) context.log.warn('No base was given, and an empty image is used');
  const { appendLayers } = await import('../../../app/index.ts');
  const stored = await appendLayers(
    {
      ...(base !== undefined && { base: { reference: base, ...askedPlatform(invocation) } }),
      layers: toLayers(paths, invocation),
      target,
      annotateBase: options.get(annotateOption),
      emptyBase: isOci ? 'oci' : 'docker',
      allowForeign: options.get(nondistributableOption),
      ...outputOf(invocation),
    },
    await withRegistries(invocation, base, target),
  );
  return writeStored(invocation, stored);
}

function readRequired(invocation: Invocation): { readonly paths: readonly string[]; readonly target: string } {
  const { options } = invocation;
  const target = options.get(tagOption);
  const isGiven = options.origin(layersOption).kind !== 'default';
  const missing = [...(isGiven ? [] : ['new_layer']), ...(target === undefined ? ['new_tag'] : [])];
  if (target !== undefined && isGiven) return { paths: listOf(invocation, layersOption), target };
  return refuseUsage(invocation, `required flag(s) ${missing.map((flag) => `"${flag}"`).join(', ')} not set`);
}

export const module: CommandModule = {
  takesItsTime: true,
  options: imageGroups('Append', baseOption, layersOption, tagOption, outputOption, annotateOption, ociEmptyOption),
  run,
};
