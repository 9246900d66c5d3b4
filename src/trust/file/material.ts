import { once } from '../../kit/memoize.ts';
import { parseCertificatesPem } from '../certificate/certificate.ts';
import { keyId, noteKeyId, type PublicKey, parsePublicKey } from '../keys/public-key.ts';
import { usualScheme } from '../keys/signature.ts';
import { type TrustedAuthority, type TrustedLog, type TrustedRoot, toChain } from '../root/trusted-root.ts';
import type { Validity } from '../validity.ts';
import { isInScope, type ServiceEntry, type TrustFile } from './trust-file.ts';

/** Text of a file that an entry names. */
export type ReadText = (file: string) => Promise<string>;

/** A key that may sign in its time. */
export interface TimedKey {
  readonly key: PublicKey;
  readonly validity: Validity;
}

/** The keys that count for a repository. @throws TRUST_KEY_*, and what `read` throws */
export async function scopedKeys(
  { keys }: TrustFile,
  repository: string | undefined,
  read: ReadText,
): Promise<TimedKey[]> {
  const own = keys.filter((entry) => isInScope(entry, repository));
  return Promise.all(own.map(async ({ file, validity }) => ({ key: parsePublicKey(await read(file)), validity })));
}

/** The services that count for a repository. @throws TRUST_KEY_*, TRUST_CERTIFICATE_INVALID, and what `read` throws */
export async function scopedRoot(
  file: TrustFile,
  repository: string | undefined,
  read: ReadText,
): Promise<TrustedRoot> {
  const own = <T>(entries: readonly ServiceEntry[], make: (entry: ServiceEntry, pem: string) => T): Promise<T[]> =>
    Promise.all(
      entries.filter((entry) => isInScope(entry, repository)).map(async (entry) => make(entry, await read(entry.file))),
    );
  return {
    certificateAuthorities: await own(file.certificateAuthorities, toAuthority),
    certificateLogs: await own(file.certificateLogs, toLog),
    logs: await own(file.logs, toLog),
    timestampAuthorities: await own(file.timestampAuthorities, toAuthority),
  };
}

function toAuthority({ url, validity }: ServiceEntry, pem: string): TrustedAuthority {
  const certificates = parseCertificatesPem(pem);
  return { url, validity, chain: once(() => toChain(certificates)) };
}

/** Logs of Ed25519 are named with their origin, others by their key alone, as in a trusted root. */
function toLog({ url, validity, origin = hostOf(url) }: ServiceEntry, pem: string): TrustedLog {
  const key = parsePublicKey(pem);
  if (key.kind !== 'ed25519') {
    return { url, validity, id: keyId(key), key: () => ({ key, scheme: usualScheme(key.kind) }) };
  }
  return { url, validity, id: noteKeyId(origin, key), key: () => ({ key, scheme: { name: 'ed25519' } }) };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
