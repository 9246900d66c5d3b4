import { verifyBlob } from '../../../app/index.ts';
import type { OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { blobEvidenceOptions, cosignOptions, proofOptions, signerOptions } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { toPredicateType, typeOption } from '../../predicate.ts';
import { jsonOption, sayAnswer, toEvidenceInput } from '../../verified.ts';

const attestationOptions: OptionGroup = {
  id: 'attestation',
  title: 'Evidence',
  options: [...blobEvidenceOptions, typeOption, jsonOption],
};

async function run(invocation: Invocation): Promise<number> {
  const predicateType = toPredicateType(invocation.options.get(typeOption));
  const input = { ...toEvidenceInput(invocation), statement: { predicateType } };
  return sayAnswer(await verifyBlob(input, await withRegistries(invocation)), invocation);
}

export const module: CommandModule = {
  options: [attestationOptions, signerOptions, proofOptions, registryOptions, cosignOptions],
  run,
};
