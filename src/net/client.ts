import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** Whoever has a certificate that an authority of ours vouches for. */
export interface ServedClient {
  /** The common name; empty when there is none, or more than one. */
  readonly commonName: string;
  /** Whether the common name is this, or one of the DNS names. */
  readonly isNamed: (name: string) => boolean;
}

const known = new WeakMap<Socket, ServedClient>();

/** Who is at the other end; undefined when nobody of ours vouches for them. */
export function clientOf(socket: Socket): ServedClient | undefined {
  if (!('authorized' in socket)) return undefined;
  const found = known.get(socket) ?? readClient(socket as TLSSocket);
  if (found !== undefined) known.set(socket, found);
  return found;
}

/** Node takes whoever comes back without any certificate (TLS 1.3) for authorized too, so that there must be one. */
function readClient(socket: TLSSocket): ServedClient | undefined {
  const certificate = socket.authorized ? socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined) return undefined;
  const given: unknown = certificate.toLegacyObject().subject?.CN;
  const commonName = typeof given === 'string' ? given : '';
  const exactly = { subject: 'never', wildcards: false } as const;
  return {
    commonName,
    isNamed: (name) => name !== '' && (name === commonName || certificate.checkHost(name, exactly) === name),
  };
}
