import { verifyBlob } from '../../../app/index.ts';
import type { BooleanOption, OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { bundleOption, cosignOptions, proofOptions, signerOptions } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { jsonOption, sayAnswer, toBlobInput } from '../../verified.ts';

const stagingOption: BooleanOption = {
  kind: 'boolean',
  flag: 'staging',
  key: 'verify.staging',
  local: true,
  description: "Not there: the keys of Sigstore's staging instance need --trusted-root",
  trust: 'any',
};

const bundleOptions: OptionGroup = {
  id: 'bundle',
  title: 'Bundle',
  options: [bundleOption, stagingOption, jsonOption],
};

/** A bundle with timestamps is held to them, as cosign's client of the suite does. */
async function run(invocation: Invocation): Promise<number> {
  const input = { timestamps: 'when-there', ...toBlobInput(invocation) } as const;
  return sayAnswer(await verifyBlob(input, await withRegistries(invocation)), invocation);
}

export const module: CommandModule = {
  options: [bundleOptions, signerOptions, proofOptions, registryOptions, cosignOptions],
  run,
};
