import { isAppError } from '../core/index.ts';
import { readWhole } from '../disk/index.ts';
import { type HashName, hashNames, isLegacyBundle, parseBundle, parseLegacyBundle } from '../envelope/index.ts';
import { parsePublicKey, parseTrustedRoot, publicGoodRoot, type TrustedRoot } from '../trust/index.ts';
import {
  type Artifact,
  artifactOf,
  artifactOfDigest,
  type SignerPolicy,
  type VerifyAnswer,
  type VerifyPolicy,
  verifyBundle,
  verifyLegacy,
} from '../verify/index.ts';
import type { AppContext } from './context.ts';

export interface VerifyBlobInput {
  /** A file, or a digest such as `sha256:…`. */
  readonly artifact: string;
  readonly bundle: string;
  readonly signer: SignerInput;
  /** A trusted_root.json; Sigstore's public instance without one. */
  readonly trustedRoot?: string;
  /** Accepts signatures that are in no log. */
  readonly ignoreLog?: boolean;
  /** Accepts certificates that are in no certificate log. */
  readonly ignoreCertificateLog?: boolean;
  /** Demands a timestamp, always or where the bundle has any. */
  readonly timestamps?: 'demanded' | 'when-there';
  readonly allowChain?: boolean;
  /** The signature must be of a statement; of this type, when one is named. */
  readonly statement?: { readonly predicateType?: string };
}

/** Who must have signed: a key in a file, or a person or service that a certificate names. */
export type SignerInput =
  | { readonly kind: 'key'; readonly path: string }
  | Extract<SignerPolicy, { readonly kind: 'identity' }>;

const mebibyte = 2 ** 20;
const limits = { key: 64 * 1024, bundle: 128 * mebibyte, trustedRoot: 16 * mebibyte, artifact: 2048 * mebibyte };

/**
 * Whether the bundle proves who signed the artifact; bundles that cosign wrote before version 3 are read too.
 * @throws DISK_*, ENVELOPE_*, KIT_JSON_INVALID, TRUST_*
 */
export async function verifyBlob(input: VerifyBlobInput, context: AppContext): Promise<VerifyAnswer> {
  const json = await readWhole(input.bundle, limits.bundle);
  const artifact = await readArtifact(input.artifact);
  if (artifact.bytes !== undefined && isLegacyBundle(json)) {
    const evidence = parseLegacyBundle(json, Buffer.from(artifact.bytes));
    return verifyLegacy(evidence, { kind: 'blob' }, await toPolicy(input, context, false));
  }
  const bundle = parseBundle(json, { allowChain: input.allowChain ?? false });
  return verifyBundle(bundle, artifact, await toPolicy(input, context, bundle.timestamps.length > 0));
}

async function toPolicy(input: VerifyBlobInput, context: AppContext, hasStamps: boolean): Promise<VerifyPolicy> {
  const { ignoreLog = false, ignoreCertificateLog = false, statement, timestamps } = input;
  const needsStamps = timestamps === 'demanded' || (timestamps === 'when-there' && hasStamps);
  const signer = await readSigner(input.signer);
  const isKeyAlone = signer.kind === 'key' && ignoreLog && !needsStamps;
  return {
    signer,
    now: context.clock.now(),
    logThreshold: ignoreLog ? 0 : 1,
    certificateLogThreshold: ignoreCertificateLog ? 0 : 1,
    timestampThreshold: needsStamps ? 1 : 0,
    ...(!isKeyAlone && { trust: await readTrust(input.trustedRoot) }),
    ...(statement !== undefined && { statement }),
  };
}

async function readSigner(signer: SignerInput): Promise<SignerPolicy> {
  if (signer.kind === 'identity') return signer;
  return { kind: 'key', key: parsePublicKey(await readWhole(signer.path, limits.key)) };
}

async function readTrust(path: string | undefined): Promise<TrustedRoot> {
  return path === undefined ? publicGoodRoot() : parseTrustedRoot(await readWhole(path, limits.trustedRoot));
}

/** A file counts before a digest, as in cosign. */
async function readArtifact(name: string): Promise<Artifact> {
  try {
    return artifactOf(await readWhole(name, limits.artifact));
  } catch (error) {
    const digest = parseDigest(name);
    if (digest === undefined || !isAppError(error, 'DISK_NOT_FOUND')) throw error;
    return digest;
  }
}

function parseDigest(text: string): Artifact | undefined {
  const [, algorithm, value = ''] = /^(sha256|sha384|sha512):([0-9a-f]+)$/i.exec(text) ?? [];
  const name: HashName | undefined = hashNames.find((known) => known === algorithm);
  return name !== undefined && value.length === Number(name.slice(3)) / 4 ? artifactOfDigest(name, value) : undefined;
}
