import { copyImage } from '../../../app/index.ts';
import {
  copyOptions,
  dryRunOption,
  evidencePlatformOption,
  forceOption,
  isWhole,
  onlyOption,
} from '../../../evidence/index.ts';
import { parsePlatform, registryOptions } from '../../../oci/index.ts';
import { withTarget } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { sayAsCosign } from '../../evidence.ts';
import { exitCodes } from '../../exit-codes.ts';
import { writeMoved } from '../../moved.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options } = invocation;
  const [from = '', to = ''] = operands;
  await sayAsCosign(invocation, 'copy');
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
  await writeMoved({ source: from, target: to, dryRun: input.dryRun, ...outcome }, invocation);
  return isWhole(outcome) ? exitCodes.clean : exitCodes.error;
}

export const module: CommandModule = { options: [copyOptions, registryOptions], run };
