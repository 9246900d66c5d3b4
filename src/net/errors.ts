import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const netErrors = {
  NET_OFFLINE: {
    message: 'The connection to {target} was refused because this run is offline',
    hint: 'Leave out --offline, or use a layout, an archive or a directory instead.',
  },
  NET_HOST_NOT_ALLOWED: {
    message: 'The connection to {host} was refused: the host is not in network.allow',
    hint: 'Add the host to network.allow in your own configuration if it may be contacted.',
  },
  NET_ENDPOINT_INVALID: {
    message: 'The endpoint {from}={to} cannot be used: {reason}',
    hint: 'Write two addresses, for example https://fulcio.sigstore.dev: http://127.0.0.1:5555.',
  },
  NET_STORE_INVALID: {
    message: '{address} is no address of a store: {reason}',
    hint: 'Write redis://HOST:PORT, or rediss:// for TLS.',
  },
  NET_STORE_FAILED: {
    message: 'The shared store did not answer: {reason}',
    hint: 'Nothing depends on it; check the address, the login and the network.',
    retryable: true,
  },
  NET_UNREACHABLE: {
    message: '{host} cannot be reached: {reason}',
    hint: 'Check the name, the network and the proxy settings (HTTPS_PROXY, NO_PROXY).',
    retryable: true,
  },
  NET_TIMEOUT: {
    message: '{host} did not answer within {milliseconds} ms',
    hint: 'Check the network and the proxy settings, then try again.',
    retryable: true,
  },
  NET_CONNECTION_LOST: {
    message: 'The connection to {host} ended before the answer was complete: {reason}',
    hint: 'Try again; if it happens each time, a proxy or firewall may be cutting the connection.',
    retryable: true,
  },
  NET_TLS: {
    message: 'The TLS connection to {host} failed: {reason}',
    hint: 'If the host has a private certificate authority, give its certificate with --cacert; never turn checks off for a host you do not know.',
  },
  NET_NOT_TLS: {
    message: '{host} does not speak TLS',
    hint: 'If it is meant to be plain http, list it as insecure (--insecure for this run, registry.insecure in the configuration).',
  },
  NET_PROTOCOL: {
    message: '{host} sent what is not HTTP: {reason}',
    hint: 'Check host and port; another kind of server may be listening there.',
  },
  NET_RESPONSE_TOO_LARGE: {
    message: 'The answer of {host} is larger than {limit} bytes',
    hint: 'The server may be faulty or hostile; check that this is the address you meant.',
  },
  NET_REDIRECT_REFUSED: {
    message: '{host} redirects to {target}, which was refused: {reason}',
    hint: 'The server may be faulty or hostile; check that this is the address you meant.',
  },
  NET_CERTIFICATE_INVALID: {
    message: 'Certificate and key cannot be served with: {reason}',
    hint: 'Give the certificate with its chain and its own private key, both in PEM and without a passphrase.',
  },
  NET_LISTEN_FAILED: {
    message: 'The address {address} cannot be listened on: {reason}',
    hint: 'Choose another port, or stop the program that uses it.',
  },
} as const;

export function netError(code: keyof typeof netErrors, details?: ErrorDetails): AppError {
  return makeError(netErrors, code, details);
}

const tlsCodes =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_)/;
const notTls =
  /wrong version number|packet length too long|unknown protocol|record layer failure|http request|before secure TLS connection/i;

/** Turns what node's http client emits into a coded error. `started` tells that an answer had begun. */
export function fromSocket(error: unknown, host: string, started: boolean): unknown {
  if ((error as Error).name === 'AppError' || (error as Error).name === 'AbortError') return error;
  const { code = '', message: reason } = error as NodeJS.ErrnoException;
  const details: ErrorDetails = { data: { host, reason: code === '' ? reason : `${code} ${reason}` }, cause: error };
  if (code.startsWith('HPE_')) return netError('NET_PROTOCOL', details);
  if (code === 'EPROTO' || /^ERR_SSL_/.test(code)) {
    return notTls.test(`${code.replaceAll('_', ' ')} ${reason}`)
      ? netError('NET_NOT_TLS', details)
      : netError('NET_TLS', details);
  }
  if (tlsCodes.test(code)) return netError('NET_TLS', details);
  return netError(started ? 'NET_CONNECTION_LOST' : 'NET_UNREACHABLE', details);
}
