import type { BooleanOption } from '../../../core/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups, nondistributableOption } from '../../crane-options.ts';
import { listOf, listOption, refuseUsage, textOption, toSource, writeStored } from '../../edited.ts';
import { exitCodes } from '../../exit-codes.ts';

const manifestsOption = listOption(
  'manifest',
  'Image or index to put into it; a docker archive or layout by its path',
  {
    short: 'm',
    placeholder: 'IMAGE',
  },
);
const tagOption = textOption('tag', 'Name of the new index; in place of the old one without it', {
  short: 't',
  placeholder: 'IMAGE',
});

const dockerEmptyOption: BooleanOption = {
  kind: 'boolean',
  flag: 'docker-empty-base',
  key: 'index.docker-empty-base',
  local: true,
  description: "Without a base, write Docker's media type instead of OCI's",
  trust: 'any',
};

const flattenOption: BooleanOption = {
  kind: 'boolean',
  flag: 'flatten',
  key: 'index.flatten',
  local: true,
  default: true,
  description: 'Put the entries of an index in, not the index',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { options, operands, context } = invocation;
  const [base, ...others] = operands;
  const names = [...listOf(invocation, manifestsOption), ...others];
  const target = options.get(tagOption);
  if (!base && !target) refuseUsage(invocation, 'at least one of --base or --tag must be specified');
  if (!base) context.log.warn('No base was given, and an empty index is used');
  const { appendToIndex } = await import('../../../app/index.ts');
  const stored = await appendToIndex(
    {
      ...(base && { base: toSource(base, invocation) }),
      manifests: names.map((name) => toSource(name, invocation)),
      ...(target && { target }),
      emptyBase: options.get(dockerEmptyOption) ? 'docker' : 'oci',
      flatten: options.get(flattenOption),
      allowForeign: options.get(nondistributableOption),
    },
    await withRegistries(invocation, base, ...names, target),
  );
  return stored === undefined ? exitCodes.clean : writeStored(invocation, stored);
}

export const module: CommandModule = {
  takesItsTime: true,
  options: imageGroups('Index', manifestsOption, tagOption, dockerEmptyOption, flattenOption),
  run,
};
