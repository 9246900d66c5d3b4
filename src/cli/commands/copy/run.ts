import { copyImage } from '../../../app/index.ts';
import {
  copyOptions,
  dryRunOption,
  evidenceFormatOption,
  evidencePlatformOption,
  forceOption,
  isWhole,
  onlyOption,
} from '../../../evidence/index.ts';
import { toJsonText } from '../../../kit/json-text.ts';
import { parsePlatform, registryOptions } from '../../../oci/index.ts';
import { withTarget } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { writeCopyReport } from './text.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [from = '', to = ''] = operands;
  const platform = options.get(evidencePlatformOption);
  const only = options.get(onlyOption);
  const input = {
    from,
    to,
    force: options.get(forceOption),
    dryRun: options.get(dryRunOption),
    ...(platform !== undefined && { platform: parsePlatform(platform) }),
    ...(only.length > 0 && { only }),
  };
  const outcome = await copyImage(input, await withTarget(invocation, to, from));
  const told = { source: from, target: to, dryRun: input.dryRun, ...outcome };
  if (options.get(evidenceFormatOption) === 'json') await host.stdout.write(toJsonText(told));
  else await writeCopyReport(told, invocation);
  return isWhole(outcome) ? exitCodes.clean : exitCodes.error;
}

export const module: CommandModule = { options: [copyOptions, registryOptions], run };
