import { isAppError } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import {
  type DetachedParts,
  type HashName,
  hashNames,
  isLegacyBundle,
  parseBundle,
  parseDetached,
} from '../../envelope/index.ts';
import {
  type Artifact,
  artifactOf,
  artifactOfDigest,
  firstAccepted,
  type VerifyAnswer,
  verifyBundle,
  verifyLegacy,
} from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import type { VerifyBlobInput } from './input.ts';
import { toPolicies } from './policy.ts';

const mebibyte = 2 ** 20;
const limits = { part: mebibyte, bundle: 128 * mebibyte, artifact: 2048 * mebibyte };

/**
 * Whether the evidence proves who signed the artifact: a bundle, or what cosign wrote before version 3.
 * @throws DISK_*, ENVELOPE_*, KIT_JSON_INVALID, TRUST_*
 */
export async function verifyBlobFile(input: VerifyBlobInput, context: AppContext): Promise<VerifyAnswer> {
  const json = input.bundle === undefined ? undefined : await readWhole(input.bundle, limits.bundle);
  const artifact = await readArtifact(input.artifact);
  if (json === undefined || isLegacyBundle(json)) {
    const parts = { ...(json !== undefined && { bundle: json }), ...(await readDetached(input)) };
    // Of a digest alone nothing but a statement can tell; the file is missing then.
    const payload =
      input.statement === undefined ? (artifact.bytes ?? (await readWhole(input.artifact, 1))) : undefined;
    const evidence = parseDetached(parts, payload === undefined ? undefined : Buffer.from(payload));
    const policies = await toPolicies(input, context, { hasStamps: evidence.timestamp !== undefined });
    return firstAccepted(policies, (policy) => verifyLegacy(evidence, { kind: 'blob', artifact }, policy), 'files');
  }
  const bundle = parseBundle(json, { allowChain: input.allowChain ?? false });
  const policies = await toPolicies(input, context, { hasStamps: bundle.timestamps.length > 0 });
  return firstAccepted(policies, (policy) => verifyBundle(bundle, artifact, policy), 'files');
}

/** Files beside the artifact. A signature may be given itself, in base64. */
async function readDetached({ detached = {} }: VerifyBlobInput): Promise<DetachedParts> {
  const { signature, certificate, timestamp } = detached;
  return {
    ...(signature !== undefined && { signature: await readSignature(signature) }),
    ...(certificate !== undefined && { certificate: await readWhole(certificate, limits.part) }),
    ...(timestamp !== undefined && { timestamp: await readWhole(timestamp, limits.part) }),
  };
}

async function readSignature(given: string): Promise<Buffer> {
  try {
    return await readWhole(given, limits.bundle);
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND')) return Buffer.from(given);
    throw error;
  }
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
