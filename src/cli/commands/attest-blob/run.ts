import { basename } from 'node:path';
import { attestBlob, type BlobClaim, type MadeSignature } from '../../../app/index.ts';
import type { OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  bundleFileOption,
  entryTypeOption,
  hashOption,
  newBundleOption,
  outputAttestationOption,
  outputCertificateOption,
  outputSignatureOption,
  predicateOption,
  serviceOptions,
  signingOptions,
  statementOption,
  timestampBundleOption,
  tokenOptions,
  yesOption,
} from '../../../sign/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, exampleLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { readGiven } from '../../given-file.ts';
import { toPredicateType, typeOption } from '../../predicate.ts';
import { sayUnwritten, timestampJson, writeBundle, writePart } from '../../signed-blob.ts';
import { sayDeprecated, toSigningInput } from '../../signing.ts';

const attestOptions: OptionGroup = {
  id: 'attest-blob',
  title: 'Attestation',
  options: [
    predicateOption,
    typeOption,
    statementOption,
    hashOption,
    ...signingOptions,
    bundleFileOption,
    yesOption,
    trustedRootOption,
    newBundleOption,
    outputSignatureOption,
    outputAttestationOption,
    outputCertificateOption,
    timestampBundleOption,
    entryTypeOption,
  ],
};

const groups: readonly OptionGroup[] = [attestOptions, serviceOptions, registryOptions, tokenOptions];
const unwritten = [outputSignatureOption, outputAttestationOption, outputCertificateOption, timestampBundleOption];

async function run(invocation: Invocation): Promise<number> {
  const { options, host } = invocation;
  await sayDeprecated(
    invocation,
    groups.flatMap((group) => group.options),
  );
  const path = options.get(bundleFileOption);
  if (options.get(newBundleOption) && path === undefined) throw cliError('CLI_SIGN_BUNDLE');
  const signing = toSigningInput(invocation, { canBundle: path !== undefined });
  await sayUnwritten(invocation, unwritten);
  const claim = await readClaim(invocation);
  await host.stderr.write('Signing artifact...\n');
  const made = await attestBlob({ ...signing, claim }, await withRegistries(invocation));
  if (!(await writeBundle(invocation, made))) await writeParts(invocation, made);
  return exitCodes.clean;
}

/** @throws CLI_CLAIM_MISSING, CLI_CLAIM_TWICE, CLI_OPERAND_MISSING, CLI_PREDICATE_UNKNOWN */
async function readClaim({ options, operands, host, descriptor, dialect }: Invocation): Promise<BlobClaim> {
  const [predicatePath, statementPath] = [options.get(predicateOption), options.get(statementOption)];
  if (predicatePath !== undefined && statementPath !== undefined) throw cliError('CLI_CLAIM_TWICE');
  if (statementPath !== undefined) {
    return { kind: 'statement', statement: await readGiven(host, statementPath, 'statement') };
  }
  const [file] = operands;
  if (predicatePath === undefined) throw cliError('CLI_CLAIM_MISSING');
  if (file === undefined) {
    const data = { command: commandLine(descriptor, dialect), operand: 'FILE' };
    throw cliError('CLI_OPERAND_MISSING', { data: { ...data, example: exampleLine(descriptor, dialect) } });
  }
  const type = options.get(typeOption);
  toPredicateType(type);
  const digest = options.get(hashOption);
  const about = digest === undefined ? { artifact: await readGiven(host, file) } : { digest: digest.toLowerCase() };
  return { kind: 'predicate', type, predicate: await readGiven(host, predicatePath), name: basename(file), ...about };
}

/** What there was before bundles: the envelope on the standard output or in a file, and what proves it in others. */
async function writeParts({ options, host }: Invocation, made: MadeSignature): Promise<void> {
  const signaturePath = options.get(outputSignatureOption);
  if (signaturePath === undefined) await host.stdout.write(`${made.envelope}\n`);
  else await writePart(host, signaturePath, made.envelope, (name) => `Signature written in ${name}`);
  const statementPath = options.get(outputAttestationOption);
  await writePart(host, statementPath, made.payload, (name) => `Attestation written in ${name}`);
  const certificatePath = made.hasCertificate ? options.get(outputCertificateOption) : undefined;
  await writePart(host, certificatePath, made.verifier, (name) => `Certificate written to file  ${name}`);
  const timestampPath = made.timestamp === undefined ? undefined : options.get(timestampBundleOption);
  const stamp = made.timestamp === undefined ? '' : timestampJson(made.timestamp);
  await writePart(host, timestampPath, stamp, (name) => `Timestamp wrote in the file  ${name}`);
}

export const module: CommandModule = { options: groups, run };
