import {
  type ImageEvidence,
  type ImageEvidencePlace,
  type ImageVerification,
  type VerifyImageInput,
  verifyImage,
} from '../app/index.ts';
import { type AppError, isAppError, type OptionGroup, type TextOption, type WithDefault } from '../core/index.ts';
import { simpleSigningType } from '../envelope/index.ts';
import { registryOptions } from '../oci/index.ts';
import {
  annotationsOption,
  cosignOptions,
  evidenceRepositoryOption,
  ignoreLogOption,
  imageEvidenceOptions,
  keyOption,
  localImageOption,
  mainReason,
  privateInfrastructureOption,
  proofOptions,
  type Reason,
  signerOptions,
  signersOption,
  strictOption,
} from '../verify/index.ts';
import { withRegistries } from './access.ts';
import { toAnnotations } from './annotations.ts';
import type { Invocation } from './command.ts';
import { optionalOf } from './cosign-payload.ts';
import { cliError } from './errors.ts';
import { cosignCodes, exitCodes } from './exit-codes.ts';
import { toKeyCache } from './key-cache.ts';
import { formatError } from './output/error.ts';
import { toJson, toProof } from './verified.ts';

const outputOption: WithDefault<TextOption<'json' | 'text'>> = {
  kind: 'text',
  flag: 'output',
  short: 'o',
  key: 'verify.output',
  local: true,
  allowed: ['json', 'text'],
  default: 'json',
  description: 'Print what was signed as one JSON document, or a line for each',
  trust: 'any',
};

/** Of the commands that verify signatures of images. */
export const signatureOptions: readonly OptionGroup[] = [
  { ...imageEvidenceOptions, options: [...imageEvidenceOptions.options, outputOption] },
  signerOptions,
  proofOptions,
  registryOptions,
  cosignOptions,
];

/** An image whose evidence holds. */
export interface VerifiedImage {
  readonly name: string;
  readonly evidence: readonly ImageEvidence[];
}

export type ImagesOutcome = { readonly kind: 'verified'; readonly images: readonly VerifiedImage[] } | ImageFailure;

export interface ImageFailure {
  readonly kind: 'failed';
  readonly verification: ImageVerification | undefined;
  readonly image: string;
  readonly reasons: readonly Reason[];
  readonly isAttestation?: boolean;
}

/**
 * Verifies the images of the command line and tells what was signed; resolves to the exit code. Under the name cosign every statement
 * by an accepted signer counts, as it does there, unless --strict is given; otherwise only signatures.
 */
export async function verifyAndTell(invocation: Invocation): Promise<number> {
  const isLax = invocation.dialect.id === 'cosign' && !invocation.options.get(strictOption);
  const wanted = isLax ? 'any' : 'signature';
  const outcome = await verifyImages(invocation, { wanted });
  if (outcome.kind === 'failed') return failImage(invocation, outcome);
  for (const image of outcome.images) await writeEvidence(invocation, image);
  return exitCodes.clean;
}

/** Verifies every image that was named; the first that does not hold ends it. */
export async function verifyImages(
  invocation: Invocation,
  wish: Pick<VerifyImageInput, 'wanted' | 'statement' | 'conditions'>,
): Promise<ImagesOutcome> {
  const { operands, options } = invocation;
  const refresh = !options.get(localImageOption);
  const keyCache = toKeyCache(invocation.host.environment, { refresh });
  const given = {
    ...toProof(invocation),
    keyCache,
    ...wish,
    annotations: toAnnotations(options.get(annotationsOption)),
    signers: options.get(signersOption),
    strict: options.get(strictOption),
  };
  const images: VerifiedImage[] = [];
  for (const image of operands) {
    const context = await withRegistries(invocation, options.get(localImageOption) ? undefined : image);
    const place = toPlace(invocation, image);
    const verification = await tellMissing(verifyImage({ ...given, image: place }, context));
    const { answer, name } = verification;
    if (answer.outcome === 'not-verified') return { kind: 'failed', verification, image, reasons: answer.reasons };
    images.push({ name, evidence: answer.evidence });
  }
  return { kind: 'verified', images };
}

function toPlace({ options }: Invocation, image: string): ImageEvidencePlace {
  if (options.get(localImageOption)) return { kind: 'directory', path: image };
  const repository = options.get(evidenceRepositoryOption);
  return { kind: 'registry', reference: image, ...(repository !== undefined && { repository }) };
}

/** cosign has words and a code of its own for a tag that is not there. */
async function tellMissing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!isAppError(cause, 'OCI_REMOTE_NOT_FOUND')) throw cause;
    throw cliError('CLI_IMAGE_TAG_NOT_FOUND', { data: { reason: cause.message }, cause });
  }
}

/** Says why an image is not verified; under the name cosign with its codes. */
export async function failImage({ host, dialect }: Invocation, failure: ImageFailure): Promise<number> {
  const { error, code } = toFailure(failure);
  const isCosign = dialect.id === 'cosign';
  await host.stderr.write(formatError(error, { colour: false, debug: false, ...(isCosign && { as: 'cosign' }) }));
  return isCosign ? code : exitCodes.error;
}

function toFailure(failure: ImageFailure): { readonly error: AppError; readonly code: number } {
  const { verification, reasons, isAttestation = false, image } = failure;
  const told = mainReason(reasons);
  const data = { reason: told?.message ?? '', hint: told?.hint ?? '' };
  if (isAttestation || verification?.hasBundles) {
    return { error: cliError('CLI_NO_MATCHING_ATTESTATIONS', { data }), code: exitCodes.error };
  }
  if (verification?.pieces === 0) {
    return { error: cliError('CLI_NO_SIGNATURES', { data: { image } }), code: cosignCodes.noSignatures };
  }
  return { error: cliError('CLI_NO_MATCHING_SIGNATURES', { data }), code: cosignCodes.noMatchingSignatures };
}

/** What was signed in the form of cosign; under our own name with who signed, when, and by which log. */
async function writeEvidence(invocation: Invocation, image: VerifiedImage): Promise<void> {
  const { host, options, dialect } = invocation;
  await host.stderr.write(`\nVerification for ${image.name} --\n${checksOf(invocation)}`);
  const payloads = image.evidence.map((one) => toPayload(one, dialect.id === 'cosign'));
  if (options.get(outputOption) === 'json') await host.stdout.write(`\n${JSON.stringify(payloads)}\n`);
  else for (const line of toLines(image, payloads, dialect.id === 'cosign')) await host.stdout.write(`${line}\n`);
}

/** cosign prints what was signed as it was signed, where it was a payload. */
function toLines({ evidence }: VerifiedImage, payloads: readonly object[], isCosign: boolean): string[] {
  return evidence.map(({ verified, payload }, index) =>
    isCosign && verified.layout === 'legacy' && verified.statement === undefined
      ? payload.toString('utf8')
      : JSON.stringify(payloads[index]),
  );
}

function checksOf({ options }: Invocation): string {
  const signer =
    options.get(keyOption) === undefined
      ? 'The code-signing certificate was verified using trusted certificate authority certificates'
      : 'The signatures were verified against the specified public key';
  // cosign says the same of both.
  const log =
    options.get(ignoreLogOption) || options.get(privateInfrastructureOption)
      ? 'Existence of the claims in a transparency log was not asked for'
      : 'Existence of the claims in the transparency log was verified offline';
  const checks = ['The cosign claims were validated', log, signer];
  return `The following checks were performed on each of these signatures:\n${checks.map((check) => `  - ${check}\n`).join('')}`;
}

function toPayload(evidence: ImageEvidence, isCosign: boolean): object {
  const { name, digest, verified, reference, annotations } = evidence;
  const type = verified.statement?.predicateType ?? simpleSigningType;
  return {
    critical: {
      identity: { 'docker-reference': reference ?? name },
      image: { 'docker-manifest-digest': digest },
      type,
    },
    optional: isCosign ? optionalOf(evidence) : annotations,
    ...(!isCosign && { Plimsoll: toJson(verified) }),
  };
}
