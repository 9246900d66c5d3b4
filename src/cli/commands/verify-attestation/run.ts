import { registryOptions } from '../../../oci/index.ts';
import { cosignOptions, imageEvidenceOptions, proofOptions, signerOptions } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toPredicateType, typeOption } from '../../predicate.ts';
import { failImage, verifyImages } from '../../verified-image.ts';

/** Prints the envelope of each statement that holds, in a line of its own. */
async function run(invocation: Invocation): Promise<number> {
  const predicateType = toPredicateType(invocation.options.get(typeOption));
  const outcome = await verifyImages(invocation, { wanted: 'attestation', statement: { predicateType } });
  if (outcome.kind === 'failed') return failImage(invocation, { ...outcome, isAttestation: true });
  for (const { evidence } of outcome.images) {
    for (const { payload } of evidence) {
      await invocation.host.stdout.write(`${payload.toString('utf8').trimEnd()}\n`);
    }
  }
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: [
    { ...imageEvidenceOptions, options: [typeOption, ...imageEvidenceOptions.options] },
    signerOptions,
    proofOptions,
    registryOptions,
    cosignOptions,
  ],
  run,
};
