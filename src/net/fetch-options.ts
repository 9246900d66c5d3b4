import type { Endpoints } from './endpoints.ts';

/** Proxies as the environment variables of the same names give them. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts that are contacted directly, separated by commas. */
  readonly noProxy?: string;
}

/** PEM texts of a client certificate and its key. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface FetchOptions {
  readonly proxy?: ProxySettings;
  /** PEM texts of authorities trusted beside those that Node brings. */
  readonly certificateAuthorities?: readonly string[];
  /** PEM texts of the only authorities trusted, in place of all others. */
  readonly onlyAuthorities?: readonly string[];
  /** The name that certificates must have when it is not that of the address. */
  readonly serverName?: string;
  /** Client certificates by host, or host:port. */
  readonly clientCertificates?: Readonly<Record<string, ClientCertificate>>;
  /** For hosts that have none of their own in `clientCertificates`. */
  readonly clientCertificate?: ClientCertificate;
  /** Hosts whose certificates are not checked. */
  readonly insecureHosts?: readonly string[];
  /** Addresses that are contacted in place of others. */
  readonly endpoints?: Endpoints;
  /** When given, no other host is contacted. */
  readonly allowedHosts?: readonly string[];
  /** Milliseconds until a connection stands. */
  readonly connectTimeout?: number;
  /** Milliseconds without a byte in either direction. */
  readonly idleTimeout?: number;
  /** Bytes of the largest answer. */
  readonly maxResponseSize?: number;
  readonly userAgent?: string;
  /** A Unix socket that all requests go to, whatever host they name. */
  readonly socketPath?: string;
}
