import type { SigstoreBundle } from '../../envelope/index.ts';
import { once } from '../../kit/memoize.ts';
import { type Signer, signContent } from '../../sign/index.ts';
import {
  type PublicKey,
  parseTrustedRoot,
  type SigningConfig,
  type SigningVariant,
  type TrustedRoot,
} from '../../trust/index.ts';
import { type Artifact, artifactOf } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import { openSigningKey } from '../keys/read-key.ts';
import { readCached } from '../verify/cached-trust.ts';
import { readTrust } from '../verify/policy.ts';
import { assertVerified } from './assert-verified.ts';
import type { SignerChoice, SigningInput } from './input.ts';
import { readServices } from './services.ts';
import { findToken } from './token.ts';

/** Signs one thing after another; each result was verified. */
export interface SigningSession {
  /** The signer's own key, when there is one. */
  readonly key?: PublicKey;
  /** @throws TRUST_SERVICE_*, TRUST_TOKEN_INVALID, NET_*, VERIFY_* */
  sign(content: Content): Promise<SigstoreBundle>;
}

export type Content =
  | { readonly kind: 'artifact'; readonly bytes: Uint8Array }
  /** A statement of in-toto as JSON, and what it is about. */
  | { readonly kind: 'statement'; readonly bytes: Uint8Array; readonly about: Artifact };

/** Reads everything that is needed to sign contents of a kind. @throws DISK_*, TRUST_*, NET_* */
export async function openSession(
  input: SigningInput,
  kind: Content['kind'],
  context: AppContext,
): Promise<SigningSession> {
  const config = await readServices(input, context);
  const signer = await openSigner(input.signer, { config, kind }, context);
  const trust = await chooseTrust(input, signer, context);
  const { clock, signal, fetch } = context;
  const timestampFetch = openTimestampFetch(input, context);
  return {
    ...(signer.kind !== 'token' && { key: signer.key.publicKey }),
    async sign(content) {
      const asking = { fetch, ...(timestampFetch !== undefined && { timestampFetch }) };
      const request = { signer, config, ...asking, time: clock.now(), ...(signal !== undefined && { signal }) };
      const bundle = await signContent({ ...request, content });
      const artifact = content.kind === 'artifact' ? artifactOf(content.bytes) : content.about;
      await assertVerified(bundle, artifact, { signer, ...(trust !== undefined && { trust }), now: clock.now() });
      return bundle;
    },
  };
}

/** Undefined where authorities are asked like all others. */
function openTimestampFetch({ timestampPeer: peer }: SigningInput, { fetchAs }: AppContext) {
  return peer === undefined || fetchAs === undefined ? undefined : once(() => fetchAs(peer));
}

interface SignerWish {
  readonly config: SigningConfig;
  readonly kind: Content['kind'];
}

/**
 * Logs are told a digest, but Rekor 1, which is told the whole envelope of a statement; without a log all verifiers accept
 * what is over the message itself.
 */
function variantFor({ config: { logs }, kind }: SignerWish): SigningVariant {
  if (logs.length === 0) return 'ed25519';
  return kind === 'statement' && logs.every(({ majorVersion }) => majorVersion === 1) ? 'rekor1-envelope' : 'ed25519ph';
}

async function openSigner(choice: SignerChoice, wish: SignerWish, context: AppContext): Promise<Signer> {
  const { config } = wish;
  // The token is asked for once: it is short-lived, and so is a signing.
  if (choice.kind === 'token') return { ...choice, token: await findToken(choice.token, config, context) };
  const { certificate, chain, token } = choice;
  const key = await openSigningKey(choice.key, context, variantFor(wish));
  if (certificate !== undefined) {
    const { readCertificates } = await import('./certificates.ts');
    return {
      kind: 'certificate',
      key,
      certificates: await readCertificates(key.publicKey, { certificate, chain }, context.clock.now()),
    };
  }
  return { kind: 'key', key, ...(token !== undefined && { token: await findToken(token, config, context) }) };
}

/**
 * By whom services are trusted: the file, else the keys that were initialized, else Sigstore's public ones. Undefined where
 * nobody said whom to trust for services of one's own, and the key alone tells enough.
 */
async function chooseTrust(input: SigningInput, signer: Signer, context: AppContext): Promise<TrustedRoot | undefined> {
  const { trustedRoot, services, keyCache } = input;
  const isOwn = signer.kind === 'certificate' || (signer.kind === 'key' && signer.token === undefined);
  const isUsual = services.kind === 'config' && services.path === undefined;
  if (trustedRoot !== undefined || !isOwn || isUsual) return readTrust(input, context);
  const cached = keyCache && (await readCached(keyCache, context, 'trustedRoot'));
  return cached?.bytes === undefined || cached.isPublic ? undefined : parseTrustedRoot(cached.bytes);
}
