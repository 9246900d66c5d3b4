import { createHash, generateKeyPairSync, type KeyObject, randomInt, sign } from 'node:crypto';
import type { Fetch } from '../core/index.ts';
import {
  type BundleContent,
  inTotoPayloadType,
  type LogEntry,
  preAuthEncoding,
  type SigstoreBundle,
} from '../envelope/index.ts';
import {
  loadSigningClients,
  type Selection,
  type SigningConfig,
  type SigningService,
  selectServices,
} from '../trust/index.ts';

export interface KeylessRequest {
  /** What is signed: an artifact, or a statement of in-toto as JSON. */
  readonly content: { readonly kind: 'artifact' | 'statement'; readonly bytes: Uint8Array };
  /** A token of OpenID Connect that names the signer. */
  readonly token: string;
  readonly config: SigningConfig;
  readonly fetch: Fetch;
  readonly time: Date;
  readonly signal?: AbortSignal;
}

/**
 * Signs with a key that lives for this one signature, and gathers what proves who made it and when: a certificate, stamps
 * of timestamp authorities and log entries, as the signing configuration says.
 * @throws TRUST_SERVICE_*, TRUST_TOKEN_INVALID, TRUST_CERTIFICATE_INVALID, NET_*
 */
export async function signKeyless(request: KeylessRequest): Promise<SigstoreBundle> {
  const { requestCertificate, requestTimestamp } = await loadSigningClients();
  const { config, token } = request;
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [certificate] = await requestCertificate(authorityOf(request), token, keys);
  const content = signContent(request.content, keys.privateKey);
  const signature = signatureOf(content);
  const stampers = choose(
    request,
    'timestamp authorities',
    config.timestampAuthorities,
    config.timestampSelection,
    [1],
  );
  const logs = choose(request, 'logs', config.logs, config.logSelection, [1, 2]);
  const [timestamps, logEntries] = await Promise.all([
    Promise.all(stampers.map((service) => requestTimestamp(accessTo(service, request), signature))),
    Promise.all(logs.map((service) => enter(service, { content, certificate }, request))),
  ]);
  return { version: '0.3', material: { kind: 'certificate', certificate }, logEntries, timestamps, content };
}

type Access = Pick<KeylessRequest, 'fetch' | 'signal'> & { readonly url: string };

function accessTo({ url }: SigningService, { fetch, signal }: KeylessRequest): Access {
  return { url, fetch, ...(signal !== undefined && { signal }) };
}

/** One authority is enough, whatever there are. */
function authorityOf(request: KeylessRequest): Access {
  const { time, config } = request;
  const wish = { what: 'certificates', versions: [1], time, pick: randomInt };
  const [service] = selectServices(config.certificateAuthorities, { mode: 'exact', count: 1 }, wish);
  return accessTo(service as SigningService, request);
}

/** None when the configuration names no such service at all. */
function choose(
  { time }: KeylessRequest,
  what: string,
  services: readonly SigningService[],
  selection: Selection,
  versions: readonly number[],
): SigningService[] {
  return services.length === 0 ? [] : selectServices(services, selection, { what, versions, time, pick: randomInt });
}

async function enter(
  service: SigningService,
  signed: { readonly content: BundleContent; readonly certificate: Buffer },
  request: KeylessRequest,
): Promise<LogEntry> {
  const { enterInRekor1, enterInRekor2 } = await loadSigningClients();
  const access = accessTo(service, request);
  return service.majorVersion === 1 ? enterInRekor1(access, signed) : enterInRekor2(access, signed);
}

function signContent({ kind, bytes }: KeylessRequest['content'], key: KeyObject): BundleContent {
  if (kind === 'artifact') {
    const value = createHash('sha256').update(bytes).digest();
    return { kind: 'message', signature: sign('sha256', bytes, key), digest: { algorithm: 'sha256', value } };
  }
  const payload = Buffer.from(bytes);
  const signature = sign('sha256', preAuthEncoding(inTotoPayloadType, payload), key);
  return { kind: 'dsse', envelope: { payloadType: inTotoPayloadType, payload, signatures: [{ signature }] } };
}

function signatureOf(content: BundleContent): Buffer {
  if (content.kind === 'message') return content.signature;
  return content.envelope.signatures[0]?.signature ?? Buffer.alloc(0);
}
