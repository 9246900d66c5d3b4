import { readWhole } from '../../disk/index.ts';
import { parsePublicKey, parseTrustedRoot, publicGoodRoot, type TrustedRoot } from '../../trust/index.ts';
import { type Condition, parseCondition, type SignerPolicy, type VerifyPolicy } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import { readCachedTrust } from './cached-trust.ts';
import type { ProofInput, SignerInput } from './input.ts';

const limits = { key: 64 * 1024, condition: 64 * 1024, trustedRoot: 16 * 2 ** 20 };

/** What is proven by one signer whom the command line names. */
export interface SoleProofInput extends ProofInput {
  readonly signer: SoleSignerInput;
}

type SoleSignerInput = Exclude<SignerInput, { readonly kind: 'trust-file' }>;

/** The policy for evidence, with the files that it names read. @throws DISK_*, TRUST_* */
export async function toPolicy(input: SoleProofInput, context: AppContext, hasStamps: boolean): Promise<VerifyPolicy> {
  const signer = await readSigner(input.signer, context);
  const demands = demandsOf(input, context, hasStamps);
  const isKeyAlone = signer.kind === 'key' && demands.logThreshold === 0 && demands.timestampThreshold === 0;
  return { signer, ...demands, ...(!isKeyAlone && { trust: await readTrust(input, context) }) };
}

/**
 * The policies of which one must hold: the only one, or that of each signer whom a trust file names for the repository.
 * @throws DISK_*, TRUST_*, KIT_JSON_INVALID
 */
export async function toPolicies(
  input: ProofInput,
  context: AppContext,
  { hasStamps, repository }: { readonly hasStamps: boolean; readonly repository?: string },
): Promise<readonly VerifyPolicy[]> {
  const { signer } = input;
  if (signer.kind !== 'trust-file') return [await toPolicy({ ...input, signer }, context, hasStamps)];
  const { readTrustFile } = await import('./trust-file.ts');
  const { signers, trust } = await readTrustFile(signer.path, repository);
  const demands = demandsOf(input, context, hasStamps);
  return signers.map((one) => ({ signer: one, trust, ...demands }));
}

function demandsOf(input: ProofInput, { clock }: AppContext, hasStamps: boolean) {
  const { ignoreLog = false, ignoreCertificateLog = false, statement, timestamps } = input;
  const needsStamps = timestamps === 'demanded' || (timestamps === 'when-there' && hasStamps);
  return {
    now: clock.now(),
    logThreshold: ignoreLog ? 0 : 1,
    certificateLogThreshold: ignoreCertificateLog ? 0 : 1,
    timestampThreshold: needsStamps ? 1 : 0,
    ...(statement !== undefined && { statement }),
  };
}

async function readSigner(signer: SoleSignerInput, context: AppContext): Promise<SignerPolicy> {
  if (signer.kind === 'identity') return signer;
  if (signer.kind === 'key-source') {
    const { openPublicKey } = await import('../keys/read-key.ts');
    return { kind: 'key', key: await openPublicKey(signer.source, context) };
  }
  return { kind: 'key', key: parsePublicKey(await readWhole(signer.path, limits.key)) };
}

/** A file that is named, else the cache that `initialize` made, else the keys that the program brings. */
export async function readTrust(
  { trustedRoot, keyCache }: Pick<ProofInput, 'trustedRoot' | 'keyCache'>,
  context: AppContext,
): Promise<TrustedRoot> {
  if (trustedRoot !== undefined) return parseTrustedRoot(await readWhole(trustedRoot, limits.trustedRoot));
  return (keyCache && (await readCachedTrust(keyCache, context))) ?? publicGoodRoot();
}

/** What the files say that statements must fulfil. @throws DISK_*, VERIFY_CONDITION_INVALID */
export async function readConditions(paths: readonly string[]): Promise<Condition[]> {
  return Promise.all(
    paths.map(async (path) => parseCondition((await readWhole(path, limits.condition)).toString('utf8'), path)),
  );
}
