export type { HttpHandler, ServedRequest, ServedResponse } from './answer.ts';
export type { Broken } from './broken.ts';
export type { ServedClient } from './client.ts';
export { type Endpoints, makeRouter } from './endpoints.ts';
export { netErrors } from './errors.ts';
export type { Exchange } from './exchange.ts';
export { makeFetch } from './fetch.ts';
export type { ClientCertificate, FetchOptions, ProxySettings } from './fetch-options.ts';
export { callGrpc } from './grpc.ts';
export { isListed, isLoopback, isPrivateAddress } from './hosts.ts';
export { goOffline, isOffline } from './offline.ts';
export {
  allowedHostsOption,
  caCertificateOption,
  endpointsOption,
  insecureOption,
  networkOptions,
  offlineOption,
} from './options.ts';
export { proxyOf } from './proxy-of.ts';
export { type FollowedResponse, followRedirects, type RedirectPolicy } from './redirect.ts';
export { type KeyValueStore, openRedis } from './redis.ts';
export { drain, readWholeBody } from './response.ts';
export { parseRetryAfter } from './retry-after.ts';
export { type RunningServer, type ServeOptions, serveHttp } from './server.ts';
export { type CertificateFacts, inspectTls, type TlsReport } from './tls-report.ts';
