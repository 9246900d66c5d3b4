import type { ProofInput, VerifyBlobInput } from '../app/index.ts';
import type { BooleanOption } from '../core/index.ts';
import { toJsonText } from '../kit/json-text.ts';
import {
  allowChainOption,
  bundleOption,
  certificateOption,
  checkClaimsOption,
  deprecatedOptions,
  ignoreCertificateLogOption,
  ignoreLogOption,
  privateInfrastructureOption,
  signatureOption,
  signedTimestampsOption,
  timestampOption,
  toError,
  trustedRootOption,
  type Verified,
  type VerifyAnswer,
} from '../verify/index.ts';
import { commandLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { toKeyCache } from './key-cache.ts';
import { toSigner } from './signer.ts';

export const jsonOption: BooleanOption = {
  kind: 'boolean',
  flag: 'json',
  key: 'verify.json',
  local: true,
  description: 'Print as JSON who signed, when, and by which log, or why it does not hold',
  trust: 'any',
};

/** What must be proven, and by whom, by the flags of every command that verifies; says which of them are of yesterday. @throws CLI_SIGNER_TWICE, CLI_IDENTITY_MISSING, CLI_ISSUER_MISSING, CLI_CLAIMS_UNCHECKED */
export function toProof(invocation: Invocation): ProofInput {
  const { options, host } = invocation;
  for (const { option, advice } of deprecatedOptions) {
    if (options.origin(option).kind === 'default') continue;
    void host.stderr.write(`Flag --${option.flag} has been deprecated, ${advice}\n`);
  }
  if (!options.get(checkClaimsOption)) throw cliError('CLI_CLAIMS_UNCHECKED');
  const trustedRoot = options.get(trustedRootOption);
  return {
    signer: toSigner(invocation),
    keyCache: toKeyCache(host.environment, { refresh: false }),
    ignoreLog: options.get(ignoreLogOption) || options.get(privateInfrastructureOption),
    ignoreCertificateLog: options.get(ignoreCertificateLogOption),
    allowChain: options.get(allowChainOption),
    ...(trustedRoot !== undefined && { trustedRoot }),
    ...(options.get(signedTimestampsOption) && { timestamps: 'demanded' }),
  };
}

/** What the flags of every command that verifies a bundle in a file say. @throws CLI_BUNDLE_MISSING, CLI_SIGNER_*, CLI_IDENTITY_MISSING, CLI_ISSUER_MISSING */
export function toBlobInput(invocation: Invocation): VerifyBlobInput {
  const { options, operands, descriptor, dialect } = invocation;
  const bundle = options.get(bundleOption);
  const proof = toProof(invocation);
  if (bundle === undefined) {
    throw cliError('CLI_BUNDLE_MISSING', { data: { command: commandLine(descriptor, dialect) } });
  }
  return { artifact: operands[0] ?? '', bundle, ...proof };
}

/** The same where a signature may be in files of its own too. @throws as toBlobInput */
export function toEvidenceInput(invocation: Invocation): VerifyBlobInput {
  const { options, operands } = invocation;
  const [signature, certificate, timestamp] = [signatureOption, certificateOption, timestampOption].map((option) =>
    options.get(option),
  );
  const detached = {
    ...(signature !== undefined && { signature }),
    ...(certificate !== undefined && { certificate }),
    ...(timestamp !== undefined && { timestamp }),
  };
  const demanded = timestamp === undefined ? {} : ({ timestamps: 'demanded' } as const);
  if (signature !== undefined && options.get(bundleOption) === undefined) {
    return { artifact: operands[0] ?? '', detached, ...toProof(invocation), ...demanded };
  }
  return { ...toBlobInput(invocation), detached, ...demanded };
}

/** Says what was found: cosign's line on the standard error, or everything as JSON. @throws the reason when it does not hold */
export async function sayAnswer(answer: VerifyAnswer, { host, options, context }: Invocation): Promise<number> {
  const isVerified = answer.outcome === 'verified';
  if (options.get(jsonOption)) {
    await host.stdout.write(toJsonText(isVerified ? toJson(answer) : answer));
    return isVerified ? exitCodes.clean : exitCodes.error;
  }
  const [failure, ...notes] = isVerified ? [undefined, ...answer.notes] : answer.reasons;
  for (const { message, code } of notes) context.log.info(message, { code });
  if (failure !== undefined) throw toError(failure);
  await host.stderr.write('Verified OK\n');
  return exitCodes.clean;
}

/** The certificate as text; the statement as it was signed. */
export function toJson({ signer, ...rest }: Verified): object {
  if (signer.kind === 'key') return { ...rest, signer };
  return { ...rest, signer: { ...signer, certificate: signer.certificate.toString('base64') } };
}
