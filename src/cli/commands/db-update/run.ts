import { advisoryOptions } from '../../../advisories/index.ts';
import { networkOptions } from '../../../config/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run({ context }: Invocation): Promise<number> {
  context.log.info('nothing yet');
  return exitCodes.clean;
}

export const module: CommandModule = { options: [advisoryOptions, registryOptions, networkOptions], run };
