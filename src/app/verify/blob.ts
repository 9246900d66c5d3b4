import { isAppError } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { type HashName, hashNames, isLegacyBundle, parseBundle, parseLegacyBundle } from '../../envelope/index.ts';
import {
  type Artifact,
  artifactOf,
  artifactOfDigest,
  type VerifyAnswer,
  verifyBundle,
  verifyLegacy,
} from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import type { VerifyBlobInput } from './input.ts';
import { toPolicy } from './policy.ts';

const mebibyte = 2 ** 20;
const limits = { bundle: 128 * mebibyte, artifact: 2048 * mebibyte };

/**
 * Whether the bundle proves who signed the artifact; bundles that cosign wrote before version 3 are read too.
 * @throws DISK_*, ENVELOPE_*, KIT_JSON_INVALID, TRUST_*
 */
export async function verifyBlobFile(input: VerifyBlobInput, context: AppContext): Promise<VerifyAnswer> {
  const json = await readWhole(input.bundle, limits.bundle);
  const artifact = await readArtifact(input.artifact);
  if (artifact.bytes !== undefined && isLegacyBundle(json)) {
    const evidence = parseLegacyBundle(json, Buffer.from(artifact.bytes));
    return verifyLegacy(evidence, { kind: 'blob' }, await toPolicy(input, context, false));
  }
  const bundle = parseBundle(json, { allowChain: input.allowChain ?? false });
  return verifyBundle(bundle, artifact, await toPolicy(input, context, bundle.timestamps.length > 0));
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
