import { loadImage } from '../../../app/index.ts';
import { isWhole } from '../../../evidence/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { requireDirectory, savedOptions, withEvidence } from '../../evidence.ts';
import { exitCodes } from '../../exit-codes.ts';
import { writeMoved } from '../../moved.ts';

async function run(invocation: Invocation): Promise<number> {
  const [image = ''] = invocation.operands;
  const directory = requireDirectory(invocation);
  const outcome = await loadImage({ image, directory }, await withEvidence(invocation));
  await writeMoved({ source: directory, target: image, dryRun: false, ...outcome }, invocation);
  return isWhole(outcome) ? exitCodes.clean : exitCodes.error;
}

export const module: CommandModule = { options: [savedOptions, registryOptions], run };
