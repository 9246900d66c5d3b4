import type { Clock, Fetch, HttpRequest, HttpResponse } from '../core/index.ts';
import { type ClientCertificate, type FetchOptions, makeFetch } from '../net/index.ts';
import type { KubeAccess } from './access.ts';
import { credentialSource } from './credential.ts';

export interface ExchangeOptions {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Proxies and hosts that may be contacted. */
  readonly net?: Pick<FetchOptions, 'proxy' | 'allowedHosts'>;
}

export interface KubeRequest extends Pick<HttpRequest, 'method' | 'signal'> {
  /** Below the server's address, with its query. */
  readonly path: string;
  readonly body?: Uint8Array;
  readonly contentType?: string;
}

export type SendToCluster = (request: KubeRequest) => Promise<HttpResponse>;

/** Milliseconds without a byte, longer than a watch lasts. */
const idleTimeout = 90_000;

/** Sends requests as who the access says, once more when a credential has just gone stale. @throws NET_*, KUBE_CREDENTIAL_FAILED */
export function openExchange(access: KubeAccess, options: ExchangeOptions): SendToCluster {
  const source = credentialSource(access, options);
  const fetchFor = rememberLast((client: ClientCertificate | undefined) => openFetch(access, client, options));
  const attempt = async ({ path, contentType, body, ...request }: KubeRequest): Promise<HttpResponse> => {
    const { authorization, client } = await source.present();
    const headers = {
      accept: 'application/json',
      ...(authorization !== undefined && { authorization }),
      ...(contentType !== undefined && { 'content-type': contentType }),
    };
    const url = new URL(path, access.server);
    return fetchFor(client)({ ...request, url, headers, ...(body !== undefined && { body }) });
  };
  return async (request) => {
    const response = await attempt(request);
    if (response.status !== 401) return response;
    response.discard();
    source.renew();
    return attempt(request);
  };
}

function openFetch(
  { server, authority, serverName, isInsecure }: KubeAccess,
  client: ClientCertificate | undefined,
  { net }: ExchangeOptions,
): Fetch {
  return makeFetch({
    ...net,
    idleTimeout,
    ...(authority !== undefined && { onlyAuthorities: [authority] }),
    ...(serverName !== undefined && { serverName }),
    ...(isInsecure && { insecureHosts: [server.host] }),
    ...(client !== undefined && { clientCertificates: { [server.host]: client } }),
  });
}

/** Connections are kept for as long as the certificate of the client stays. */
function rememberLast<V>(
  make: (client: ClientCertificate | undefined) => V,
): (client: ClientCertificate | undefined) => V {
  let last: { readonly key: string | undefined; readonly value: V } | undefined;
  return (client) => {
    const key = client?.certificate;
    if (last === undefined || last.key !== key) last = { key, value: make(client) };
    return last.value;
  };
}
