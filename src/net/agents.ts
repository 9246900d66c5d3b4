import type { AgentOptions, ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { onceForEach } from '../kit/memoize.ts';
import { builtin } from './builtin.ts';
import type { FetchOptions, ProxySettings } from './fetch-options.ts';
import { isListed } from './hosts.ts';

/** Agents that keep connections alive: one for plain http, one for TLS with each host. */
export function makeAgents(options: FetchOptions): { http: HttpAgent; https: (host: string) => HttpsAgent } {
  return {
    http: readingInto(new builtin.http.Agent(sharedSettings(options))),
    https: onceForEach((host: string) => agentFor(host, options)),
  };
}

/** How TLS connections to a host are made: its proxy, the authorities, a client certificate, and whether checks are on. */
export function agentFor(host: string, options: FetchOptions): HttpsAgent {
  const { certificateAuthorities: extra = [], onlyAuthorities: only, serverName } = options;
  const { clientCertificates: own = {}, clientCertificate: usual } = options;
  const client = own[host] ?? own[host.replace(/:\d+$/, '')] ?? usual;
  const agent = new builtin.https.Agent({
    ...sharedSettings(options),
    ...(extra.length > 0 && { ca: [...builtin.tls.getCACertificates('default'), ...extra] }),
    ...(only !== undefined && { ca: [...only] }),
    ...(serverName !== undefined && { servername: serverName }),
    ...(client !== undefined && { cert: client.certificate, key: client.key }),
    ...(isListed(host, options.insecureHosts ?? []) && { rejectUnauthorized: false }),
  });
  return readingInto(agent);
}

/** Bytes that a connection takes from the kernel at once. */
const readSize = 512 * 1024;

/**
 * Makes each connection of an agent read into one buffer of its own. By default every 64 KiB get memory of their own,
 * although the parser of http copies the body out of it: that took as much time as SHA-256 of the same bytes.
 */
function readingInto<A extends HttpAgent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const buffer = Buffer.allocUnsafeSlow(readSize);
    const callback = (length: number): boolean => {
      socket?.emit('data', buffer.subarray(0, length));
      return true;
    };
    const socket = connect({ ...options, onread: { buffer, callback } } as ClientRequestArgs, done);
    return socket;
  };
  return agent;
}

/**
 * Milliseconds after which a connection that nobody uses is closed: sooner than the server closes it, where it says when
 * (`Keep-Alive: timeout=5`), which Node heeds only where there is a limit. A request on a connection that is just being closed is lost.
 */
const unusedTime = 60_000;

function sharedSettings(options: FetchOptions): AgentOptions {
  const proxyEnv = toProxyEnv(options.proxy);
  return { keepAlive: true, maxFreeSockets: 16, timeout: unusedTime, ...(proxyEnv !== undefined && { proxyEnv }) };
}

function toProxyEnv(proxy: ProxySettings | undefined): NodeJS.ProcessEnv | undefined {
  if (proxy?.httpProxy === undefined && proxy?.httpsProxy === undefined) return undefined;
  return {
    ...(proxy.httpProxy !== undefined && { HTTP_PROXY: proxy.httpProxy }),
    ...(proxy.httpsProxy !== undefined && { HTTPS_PROXY: proxy.httpsProxy }),
    ...(proxy.noProxy !== undefined && { NO_PROXY: proxy.noProxy }),
  };
}
