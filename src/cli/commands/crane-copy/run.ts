import type { BooleanOption, NumberOption, WithDefault } from '../../../core/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups, nondistributableOption } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

const allTagsOption: BooleanOption = {
  kind: 'boolean',
  flag: 'all-tags',
  short: 'a',
  key: 'copy.all-tags',
  local: true,
  description: 'Copy all tags of the repository',
  trust: 'any',
};

const noClobberOption: BooleanOption = {
  kind: 'boolean',
  flag: 'no-clobber',
  short: 'n',
  key: 'copy.no-clobber',
  local: true,
  description: 'Leave tags alone that the target has',
  trust: 'any',
};

const jobsOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'jobs',
  short: 'j',
  key: 'copy.jobs',
  local: true,
  default: 0,
  placeholder: 'NUMBER',
  description: 'Copy at most so much at the same time; 0 is the usual measure, 4',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options } = invocation;
  const [source = '', target = ''] = operands;
  const { copyContent, copyRepository } = await import('../../../app/index.ts');
  const jobs = options.get(jobsOption);
  const input = {
    source,
    target,
    noClobber: options.get(noClobberOption),
    allowForeign: options.get(nondistributableOption),
    ...(jobs > 0 && { jobs }),
    ...askedPlatform(invocation),
  };
  const context = await withRegistries(invocation, source, target);
  await (options.get(allTagsOption) ? copyRepository(input, context) : copyContent(input, context));
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: imageGroups('Copy', allTagsOption, noClobberOption, jobsOption),
  run,
  takesItsTime: true,
};
