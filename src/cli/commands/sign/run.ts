import { signImage } from '../../../app/index.ts';
import type { OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  bundleFileOption,
  containerIdentityOption,
  evidencePlaceOption,
  newBundleOption,
  outputCertificateOption,
  outputPayloadOption,
  outputSignatureOption,
  payloadOption,
  recordTimeOption,
  recursiveOption,
  referrersModeOption,
  serviceOptions,
  signedAnnotationsOption,
  signingOptions,
  tokenOptions,
  uploadOption,
  yesOption,
} from '../../../sign/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import { toAnnotations } from '../../annotations.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { sayTag, writeSigned } from '../../signed-image.ts';
import { assertReferrersMode, confirmLog, sayDeprecated, toSigningInput } from '../../signing.ts';

const signOptions: OptionGroup = {
  id: 'sign',
  title: 'Signing',
  options: [
    ...signingOptions,
    signedAnnotationsOption,
    recursiveOption,
    uploadOption,
    bundleFileOption,
    yesOption,
    evidencePlaceOption,
    newBundleOption,
    trustedRootOption,
    referrersModeOption,
    payloadOption,
    containerIdentityOption,
    recordTimeOption,
    outputSignatureOption,
    outputPayloadOption,
    outputCertificateOption,
  ],
};

const groups: readonly OptionGroup[] = [signOptions, serviceOptions, registryOptions, tokenOptions];

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const specs = groups.flatMap((group) => group.options);
  await sayDeprecated(invocation, specs);
  const isBundle = options.get(newBundleOption);
  const upload = options.get(uploadOption);
  if (isBundle && !upload && options.get(bundleFileOption) === undefined) throw cliError('CLI_SIGN_NOWHERE');
  assertReferrersMode(invocation);
  const signing = toSigningInput(invocation);
  const wish = { ...signing, ...toWish(invocation), layout: isBundle ? 'bundle' : 'legacy', upload } as const;
  await confirmLog(host, options, signing);
  for (const reference of operands) {
    await sayTag(host, reference);
    await host.stderr.write('Signing artifact...\n');
    const signed = await signImage({ ...wish, reference }, await withRegistries(invocation, reference));
    await writeSigned(invocation, signed);
  }
  return exitCodes.clean;
}

function toWish({ options }: Invocation) {
  const repository = options.get(evidencePlaceOption);
  const payload = options.get(payloadOption);
  return {
    recursive: options.get(recursiveOption),
    annotations: toAnnotations(options.get(signedAnnotationsOption)),
    identities: options.get(containerIdentityOption) ?? [],
    recordTime: options.get(recordTimeOption),
    ...(repository !== undefined && { repository }),
    ...(payload !== undefined && { payload }),
  };
}

export const module: CommandModule = { options: groups, run };
