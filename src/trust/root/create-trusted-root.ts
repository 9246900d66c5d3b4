import { X509Certificate } from 'node:crypto';
import { type Certificate, parseCertificatesPem } from '../certificate/certificate.ts';
import { usesOf } from '../certificate/extensions.ts';
import { keyDetails, keyId, noteKeyId, type PublicKey, parsePublicKey } from '../keys/public-key.ts';
import { formatMoment, parseSpec, specInvalid, toMoment, toWindow } from './spec.ts';

/** What a trusted root is made of: specifications as the command line gives them, behind what is there already. */
export interface TrustedRootParts {
  /** A trusted_root.json, with the lists that are wanted of it. */
  readonly base?: unknown;
  readonly authorities?: readonly string[];
  readonly certificateLogs?: readonly string[];
  readonly logs?: readonly string[];
  readonly timestamps?: readonly string[];
}

/** A file that a specification names, as text. */
export type ReadPem = (path: string) => Promise<string>;

const mediaType = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1';

/** A trusted root as JSON (sigstore_trustroot.proto, TrustedRoot). @throws TRUST_SPEC_INVALID, TRUST_CERTIFICATE_INVALID, TRUST_KEY_*, and what `read` throws */
export async function createTrustedRoot(parts: TrustedRootParts, read: ReadPem): Promise<string> {
  const base = (parts.base ?? {}) as Record<string, unknown>;
  const list = async (name: string, specs: readonly string[] = [], make: (spec: string) => Promise<object>) => {
    const kept = Array.isArray(base[name]) ? (base[name] as unknown[]) : [];
    const all = lastOfEach([...kept, ...(await Promise.all(specs.map(make)))]);
    return all.length === 0 ? {} : { [name]: all };
  };
  return JSON.stringify({
    mediaType,
    ...(await list('tlogs', parts.logs, (spec) => toLog(spec, 'rekor', read))),
    ...(await list('certificateAuthorities', parts.authorities, (spec) => toAuthority(spec, 'fulcio', read))),
    ...(await list('ctlogs', parts.certificateLogs, (spec) => toLog(spec, 'ctfe', read))),
    ...(await list('timestampAuthorities', parts.timestamps, (spec) => toAuthority(spec, 'tsa', read))),
  });
}

/** Of logs with the same id the last counts, as cosign has it. */
function lastOfEach(all: readonly unknown[]): unknown[] {
  const idOf = (one: unknown, index: number): unknown =>
    (one as { logId?: { keyId?: unknown } } | null)?.logId?.keyId ?? index;
  return [...new Map(all.map((one, index) => [idOf(one, index), one])).values()];
}

async function toLog(text: string, flag: string, read: ReadPem): Promise<object> {
  const required = ['url', 'public-key', 'start-time'];
  const spec = parseSpec(text, { flag, service: 'tlog', required, missing: 'missing or empty' });
  const key = parsePublicKey(await read(spec['public-key'] ?? ''));
  const { origin } = spec;
  const window = toWindow(
    toMoment(spec['start-time'], flag, 'start-time'),
    toMoment(spec['end-time'], flag, 'end-time'),
  );
  return {
    baseUrl: spec['url'],
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: key.spki.toString('base64'), keyDetails: logKeyDetails(key), validFor: window },
    logId: { keyId: (origin === undefined ? keyId(key) : noteKeyId(origin, key)).toString('base64') },
  };
}

/** Logs sign what is not hashed before. */
function logKeyDetails(key: PublicKey): string {
  return key.kind === 'ed25519' ? 'PKIX_ED25519' : keyDetails(key);
}

async function toAuthority(text: string, flag: 'fulcio' | 'tsa', read: ReadPem): Promise<object> {
  const required = ['url', 'certificate-chain'];
  const spec = parseSpec(text, { flag, service: flag, required, missing: 'missing or empty' });
  const chain = parseCertificatesPem(await read(spec['certificate-chain'] ?? ''));
  const [first, root] = [chain[0] as Certificate, chain.at(-1) as Certificate];
  if (flag === 'tsa' && usesOf(first).isAuthority) {
    throw specInvalid('parsing tsa spec: first certificate in chain must be a leaf certificate');
  }
  const start = toMoment(spec['start-time'], flag, 'start-time');
  const usual = formatMoment((flag === 'tsa' ? first : root).notBefore);
  return {
    subject: subjectOf(root),
    uri: spec['url'],
    certChain: { certificates: chain.map(({ der }) => ({ rawBytes: der.toString('base64') })) },
    validFor: toWindow(start ?? usual, toMoment(spec['end-time'], flag, 'end-time')),
  };
}

function subjectOf({ der }: Certificate): object {
  const lines = new X509Certificate(der).subject?.split('\n') ?? [];
  const partOf = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
  const [organization, commonName] = [partOf('O'), partOf('CN')];
  return { ...(organization !== undefined && { organization }), ...(commonName !== undefined && { commonName }) };
}
