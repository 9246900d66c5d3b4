import type { BooleanOption } from '../../../core/index.ts';
import { parseImageReference } from '../../../core/index.ts';
import { craneRepository } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

const fullRefOption: BooleanOption = {
  kind: 'boolean',
  flag: 'full-ref',
  key: 'ls.full-ref',
  local: true,
  description: 'Print the name of the repository before each tag',
  trust: 'any',
};

const omitDigestTagsOption: BooleanOption = {
  kind: 'boolean',
  flag: 'omit-digest-tags',
  short: 'O',
  key: 'ls.omit-digest-tags',
  local: true,
  description: 'Leave out tags that stand for a digest (sha256-…), such as those of signatures',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [repository = ''] = operands;
  const { listTags } = await import('../../../app/index.ts');
  const context = await withRegistries(invocation, repository);
  const prefix = options.get(fullRefOption) ? `${craneRepository(parseImageReference(repository))}:` : '';
  for await (const tag of listTags({ repository, omitDigestTags: options.get(omitDigestTagsOption) }, context)) {
    await host.stdout.write(`${prefix}${tag}\n`);
  }
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups('List', fullRefOption, omitDigestTagsOption), run };
