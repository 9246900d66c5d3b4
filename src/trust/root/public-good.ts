import { parseTrustedRoot, type TrustedRoot } from './trusted-root.ts';

/** The address of the repository of keys that the public instance of Sigstore has. */
const repository = 'https://tuf-repo-cdn.sigstore.dev';

/**
 * The trusted root of Sigstore's public instance, as it was when the package that brings it was released. It is read
 * without the network. @throws TRUST_ROOT_INVALID
 */
export async function publicGoodRoot(): Promise<TrustedRoot> {
  return parseTrustedRoot(await publicGoodJson());
}

/** The same as the bytes of its trusted_root.json. */
export async function publicGoodJson(): Promise<Buffer> {
  const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } });
  return Buffer.from(seeds[repository].targets['trusted_root.json'], 'base64');
}
