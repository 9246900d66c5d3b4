import { X509Certificate } from 'node:crypto';
import { type RunningServer, type ServeOptions, serveHttp } from '../net/index.ts';
import { type AdmissionOptions, makeHandler } from './handler.ts';
import { makeBrokenWitness, sparing } from './refusal.ts';

/** PEM; with the authority of clients, reviews are taken of its clients alone. */
export interface AdmissionTls {
  readonly cert: string;
  readonly key: string;
  readonly clientAuthority?: string;
}

export interface AdmissionServerOptions
  extends Omit<AdmissionOptions, 'notReady' | 'clients'>,
    Pick<ServeOptions, 'address' | 'port' | 'maxConnections' | 'idleTime' | 'headersTime'> {
  readonly tls: AdmissionTls;
  /** Why nothing can be judged now, beside certificates that are not valid. */
  readonly notReady?: () => string | undefined;
  /** Names of which a client must have one; whoever the authority vouches for may ask without. */
  readonly clientNames?: readonly string[];
}

export interface RunningAdmission extends Pick<RunningServer, 'host' | 'port' | 'drain'> {
  /** Uses other certificates from the next connection on. @throws NET_CERTIFICATE_INVALID, and goes on with those before */
  renew(tls: AdmissionTls): void;
}

const presets = { maxConnections: 256, idleTime: 30_000, headersTime: 10_000 };

/** Serves admission reviews over TLS. @throws NET_LISTEN_FAILED, NET_CERTIFICATE_INVALID */
export async function serveReviews(options: AdmissionServerOptions): Promise<RunningAdmission> {
  let { tls } = options;
  const { clientNames: names = [], clock } = options;
  const clients = tls.clientAuthority === undefined ? undefined : { names };
  const notReady = (): string | undefined => whyInvalid(tls.cert, clock.now()) ?? options.notReady?.();
  const witness = { meter: options.meter, log: sparing(options.log, () => clock.now().getTime()) };
  const handler = makeHandler({ ...options, notReady, ...(clients !== undefined && { clients }) });
  const server = await serveHttp(handler, {
    ...presets,
    ...options,
    tls,
    onBroken: makeBrokenWitness(witness),
  });
  return {
    host: server.host,
    port: server.port,
    drain: (milliseconds) => server.drain(milliseconds),
    renew(next) {
      server.renew(next);
      tls = next;
    },
  };
}

/** Why no API server would talk to this certificate now. */
function whyInvalid(cert: string, now: Date): string | undefined {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  if (now < validFromDate) return `the certificate is valid from ${validFromDate.toISOString()} on`;
  return now > validToDate ? `the certificate was valid until ${validToDate.toISOString()}` : undefined;
}
