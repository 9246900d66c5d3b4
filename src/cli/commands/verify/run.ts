import { registryOptions } from '../../../oci/index.ts';
import { cosignOptions, imageEvidenceOptions, proofOptions, signerOptions } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { failImage, outputOption, verifyImages, writeEvidence } from '../../verified-image.ts';

/**
 * Under the name cosign every statement by an accepted signer counts, as it does there; otherwise only signatures.
 */
async function run(invocation: Invocation): Promise<number> {
  const wanted = invocation.dialect.id === 'cosign' ? 'any' : 'signature';
  const outcome = await verifyImages(invocation, { wanted });
  if (outcome.kind === 'failed') return failImage(invocation, outcome);
  for (const image of outcome.images) await writeEvidence(invocation, image);
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: [
    { ...imageEvidenceOptions, options: [...imageEvidenceOptions.options, outputOption] },
    signerOptions,
    proofOptions,
    registryOptions,
    cosignOptions,
  ],
  run,
};
