import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { agentFor } from './agents.ts';
import { builtin } from './builtin.ts';
import { fromSocket, netError } from './errors.ts';
import type { FetchOptions } from './fetch-options.ts';
import { isListed } from './hosts.ts';
import { isOffline } from './offline.ts';

/** What a server shows of itself when TLS is set up, trusted or not. */
export interface TlsReport {
  readonly host: string;
  /** For example `TLSv1.3`. */
  readonly protocol?: string;
  readonly trusted: boolean;
  /** Why it is not trusted, as Node names it: `CERT_HAS_EXPIRED`. */
  readonly reason?: string;
  /** The server's own certificate first. */
  readonly chain: readonly CertificateFacts[];
}

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256, hexadecimal in pairs. */
  readonly fingerprint: string;
  /** Names of the server's certificate (RFC 5280 4.2.1.6). */
  readonly names?: string;
}

const timeout = 15_000;
const maxChain = 10;

/**
 * Sets up TLS as requests do, with the same proxies and authorities, looks at the certificates, and goes: only a HEAD of the
 * URL without any login is sent, whether the server is trusted or not. @throws NET_*
 */
export async function inspectTls(url: URL, options: FetchOptions = {}): Promise<TlsReport> {
  const { host } = url;
  if (isOffline()) throw netError('NET_OFFLINE', { data: { target: host } });
  if (options.allowedHosts !== undefined && !isListed(host, options.allowedHosts)) {
    throw netError('NET_HOST_NOT_ALLOWED', { data: { host } });
  }
  const agent = agentFor(host, { ...options, insecureHosts: [host] });
  return new Promise((resolve, reject) => {
    const request = builtin.https.request(url, { method: 'HEAD', agent });
    request.setTimeout(timeout, () =>
      request.destroy(netError('NET_TIMEOUT', { data: { host, milliseconds: timeout } })),
    );
    request.on('error', (error) => reject(fromSocket(error, host, false)));
    request.on('response', (incoming) => {
      resolve(toReport(url, incoming.socket as TLSSocket));
      request.destroy();
      agent.destroy();
    });
    request.end();
  });
}

function toReport({ host, hostname }: URL, socket: TLSSocket): TlsReport {
  const protocol = socket.getProtocol();
  const reason = reasonOf(socket, hostname);
  return {
    host,
    trusted: reason === undefined,
    ...(protocol !== null && { protocol }),
    ...(reason !== undefined && { reason }),
    chain: toChain(socket.getPeerCertificate(true)),
  };
}

/** Checks of names happen only where checks are on at all; so they are made up for here. */
function reasonOf(socket: TLSSocket, hostname: string): string | undefined {
  if (!socket.authorized) return String(socket.authorizationError);
  const name = hostname.replace(/^\[|\]$/g, '');
  const error = builtin.tls.checkServerIdentity(name, socket.getPeerCertificate()) as NodeJS.ErrnoException | undefined;
  return error?.code ?? error?.message;
}

function toChain(first: DetailedPeerCertificate): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  const seen = new Set<string>();
  for (let each: DetailedPeerCertificate | undefined = first; each?.fingerprint256; each = each.issuerCertificate) {
    if (seen.has(each.fingerprint256) || chain.length >= maxChain) break;
    seen.add(each.fingerprint256);
    chain.push({
      subject: toName(each.subject),
      issuer: toName(each.issuer),
      validFrom: toIso(each.valid_from),
      validTo: toIso(each.valid_to),
      fingerprint: each.fingerprint256,
      ...(each.subjectaltname !== undefined && { names: each.subjectaltname }),
    });
  }
  return chain;
}

/** A date that cannot be read stays as it is. */
function toIso(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** `CN=…, O=…`. */
function toName(name: DetailedPeerCertificate['subject']): string {
  return Object.entries(name)
    .map(([key, value]) => `${key}=${String(value)}`)
    .reverse()
    .join(', ');
}
