import { attachSignature } from '../../../app/index.ts';
import type { PathOption } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  attachSignatureOptions,
  certificateChainOption,
  certificateOption,
  evidencePlaceOption,
  foreignPayloadOption,
  foreignSignatureOption,
  rekorResponseOption,
  stampOption,
} from '../../../sign/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { readGiven } from '../../given-file.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [reference = ''] = operands;
  const read = async (option: PathOption): Promise<Buffer | undefined> => {
    const path = options.get(option);
    return path === undefined ? undefined : readGiven(host, path, '');
  };
  const [payload, timestamp] = [await read(foreignPayloadOption), await read(stampOption)];
  const rekorResponse = await read(rekorResponseOption);
  const [certificate, chain] = [await read(certificateOption), await read(certificateChainOption)];
  const signature = await read(foreignSignatureOption);
  const repository = options.get(evidencePlaceOption);
  await attachSignature(
    {
      reference,
      signature: signature?.toString('latin1').trim() ?? '',
      ...(repository !== undefined && { repository }),
      ...(payload !== undefined && { payload }),
      ...(certificate !== undefined && { certificate: certificate.toString('latin1') }),
      ...(chain !== undefined && { chain: chain.toString('latin1') }),
      ...(timestamp !== undefined && { timestamp }),
      ...(rekorResponse !== undefined && { rekorResponse }),
    },
    await withRegistries(invocation, reference),
  );
  return exitCodes.clean;
}

export const module: CommandModule = { options: [attachSignatureOptions, registryOptions], run };
