import { verifyBlob } from '../../../app/index.ts';
import type { OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { blobEvidenceOptions, cosignOptions, proofOptions, signerOptions } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { jsonOption, sayAnswer, toEvidenceInput } from '../../verified.ts';

const blobOptions: OptionGroup = { id: 'blob', title: 'Evidence', options: [...blobEvidenceOptions, jsonOption] };

async function run(invocation: Invocation): Promise<number> {
  return sayAnswer(await verifyBlob(toEvidenceInput(invocation), await withRegistries(invocation)), invocation);
}

export const module: CommandModule = {
  options: [blobOptions, signerOptions, proofOptions, registryOptions, cosignOptions],
  run,
};
