import {
  type AppError,
  type Clock,
  type Digest,
  type Fetch,
  type ImageReference,
  isAppError,
  type Logger,
} from '../../core/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { redact } from '../../kit/redact.ts';
import type { TlsReport } from '../../net/index.ts';
import { makeRegistryClient } from '../client/client.ts';
import { type Place, placesOf, type Routes } from '../client/place.ts';
import type { RegistryCredential } from '../credentials/credential.ts';
import type { CredentialLookup } from '../credentials/stored.ts';
import { type Exchange, observeFetch } from './exchange.ts';

export interface DiagnoseOptions extends Routes {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lookUp: LookUp;
  readonly insecureHosts: readonly string[];
  /** Looks at the certificates of the server behind a URL. */
  readonly inspectTls: (url: URL) => Promise<TlsReport>;
  /** The proxy that requests to a URL go through. */
  readonly proxyOf: (url: URL) => string | undefined;
  readonly signal?: AbortSignal;
}

/** The login for a place, and where it was looked for. */
export type LookUp = (place: Place, signal?: AbortSignal) => Promise<LookedUp>;

export interface LookedUp {
  readonly credential?: RegistryCredential;
  readonly lookups: readonly CredentialLookup[];
}

/** What asking for a reference at one place showed. */
export interface PlaceReport {
  readonly host: string;
  readonly repository: string;
  readonly isMirror: boolean;
  /** Kind of the login that there is for it. */
  readonly login?: RegistryCredential['kind'];
  readonly lookups: readonly CredentialLookup[];
  /** Without its login. */
  readonly proxy?: string;
  readonly digest?: Digest;
  readonly error?: CodedFailure;
  readonly exchanges: readonly Exchange[];
  /** One for each host that was asked over TLS, token services included. */
  readonly tls: readonly (TlsReport | TlsFailure)[];
}

export type CodedFailure = Pick<AppError, 'code' | 'message' | 'hint'>;

export interface TlsFailure extends CodedFailure {
  readonly host: string;
}

/**
 * Asks for a reference at every place that its name leads to, mirrors first, as the client would, without trying again; and
 * looks at the certificates. What fails is a value.
 */
export async function diagnosePlaces(reference: ImageReference, options: DiagnoseOptions): Promise<PlaceReport[]> {
  const places = placesOf(reference, options);
  const reports: PlaceReport[] = [];
  for (const [index, place] of places.entries()) {
    reports.push({ ...(await askPlace(place, reference, options)), isMirror: index < places.length - 1 });
  }
  return reports;
}

async function askPlace(
  place: Place,
  { tag, digest }: ImageReference,
  options: DiagnoseOptions,
): Promise<Omit<PlaceReport, 'isMirror'>> {
  const { clock, log, insecureHosts, signal } = options;
  const exchanges: Exchange[] = [];
  const fetch = observeFetch(options.fetch, clock, (exchange) => void exchanges.push(exchange));
  // Which login there is, is told even where the registry asks for none; a helper is asked once.
  const { credential, lookups } = await options.lookUp(place, signal);
  const client = makeRegistryClient({
    fetch,
    clock,
    log,
    insecureHosts,
    retries: { attempts: 1 },
    credentials: async () => credential,
  });
  const wanted = { registry: place.host, repository: place.repository, ...(tag && { tag }), ...(digest && { digest }) };
  const result = await capture(async () => ({ digest: await client.resolve(wanted, signal) }), signal);
  const proxy = exchanges.map(({ url }) => options.proxyOf(new URL(url))).find((each) => each !== undefined);
  return {
    ...place,
    ...(proxy !== undefined && { proxy: redact(proxy) }),
    ...(credential !== undefined && { login: credential.kind }),
    lookups,
    ...('digest' in result ? result : { error: result }),
    exchanges,
    tls: await inspectHosts(exchanges, options),
  };
}

async function inspectHosts(
  exchanges: readonly Exchange[],
  { inspectTls, signal }: DiagnoseOptions,
): Promise<(TlsReport | TlsFailure)[]> {
  const urls = exchanges.map(({ url }) => new URL(url)).filter(({ protocol }) => protocol === 'https:');
  const inspect = onceForEach(async (host: string): Promise<TlsReport | TlsFailure> => {
    const seen = await capture(() => inspectTls(new URL(`https://${host}/v2/`)), signal);
    return 'code' in seen ? { host, ...seen } : seen;
  });
  return Promise.all([...new Set(urls.map(({ host }) => host))].map(inspect));
}

async function capture<T extends object>(
  attempt: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | CodedFailure> {
  try {
    return await attempt();
  } catch (error) {
    signal?.throwIfAborted();
    if (!isAppError(error)) throw error;
    const { code, message, hint } = error;
    return { code, message, hint };
  }
}
