import { type MadeSignature, signBlob } from '../../../app/index.ts';
import type { OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  algorithmOption,
  base64Option,
  bundleFileOption,
  newBundleOption,
  outputCertificateOption,
  outputOption,
  outputSignatureOption,
  serviceOptions,
  signingOptions,
  timestampFileOption,
  tokenOptions,
  yesOption,
} from '../../../sign/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { readGiven } from '../../given-file.ts';
import { sayUnwritten, timestampJson, writeBundle, writePart } from '../../signed-blob.ts';
import { confirmLog, sayDeprecated, toSigningInput } from '../../signing.ts';

const blobOptions: OptionGroup = {
  id: 'sign-blob',
  title: 'Signing',
  options: [
    ...signingOptions,
    algorithmOption,
    bundleFileOption,
    yesOption,
    trustedRootOption,
    newBundleOption,
    base64Option,
    outputSignatureOption,
    outputOption,
    outputCertificateOption,
    timestampFileOption,
  ],
};

const groups: readonly OptionGroup[] = [blobOptions, serviceOptions, registryOptions, tokenOptions];
const unwritten = [outputSignatureOption, outputCertificateOption, timestampFileOption, outputOption];

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  await sayDeprecated(
    invocation,
    groups.flatMap((group) => group.options),
  );
  const path = options.get(bundleFileOption);
  if (options.get(newBundleOption) && path === undefined) throw cliError('CLI_SIGN_BUNDLE');
  const signing = toSigningInput(invocation, { canBundle: path !== undefined });
  await sayUnwritten(invocation, unwritten);
  await confirmLog(host, options, signing);
  const context = await withRegistries(invocation);
  for (const operand of operands) {
    const artifact = await readGiven(host, operand);
    await host.stderr.write('Signing artifact...\n');
    const made = await signBlob({ ...signing, artifact }, context);
    if (!(await writeBundle(invocation, made))) await writeParts(invocation, made);
  }
  return exitCodes.clean;
}

/** What there was before bundles: the signature on the standard output or in a file, and what proves it in others. */
async function writeParts({ options, host }: Invocation, made: MadeSignature): Promise<void> {
  const isBase64 = options.get(base64Option);
  const encode = (bytes: Buffer): string | Buffer => (isBase64 ? bytes.toString('base64') : bytes);
  const path = options.get(outputSignatureOption) ?? options.get(outputOption);
  const signature = encode(made.signature);
  if (path === undefined) await host.stdout.write(isBase64 ? `${signature}\n` : signature);
  else await writePart(host, path, signature, (name) => `Wrote signature to file ${name}`);
  const certificatePath = made.hasCertificate ? options.get(outputCertificateOption) : undefined;
  const certificate = encode(Buffer.from(made.verifier));
  await writePart(host, certificatePath, certificate, (name) => `Wrote certificate to file ${name}`);
  if (made.timestamp === undefined) return;
  const said = (name: string): string => `Wrote timestamp to file ${name}`;
  await writePart(host, options.get(timestampFileOption), timestampJson(made.timestamp), said);
}

export const module: CommandModule = { options: groups, run };
