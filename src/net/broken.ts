import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why a connection ended before there was a request: its TLS failed, its headers came too slowly or are none, or there are too many. */
export type Broken = 'handshake' | 'slow-headers' | 'no-http' | 'connections';

const statuses = { 'slow-headers': '408 Request Timeout', 'no-http': '400 Bad Request' } as const;

/** Tells of connections that never came to a request; who only went away is not told. */
export function watchBroken(server: Server, tell: (why: Broken) => void): void {
  server.on('drop', () => tell('connections'));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const why = toReason(error.code ?? '');
    if (why !== undefined) tell(why);
    if ((why === 'slow-headers' || why === 'no-http') && socket.writable) {
      socket.end(`HTTP/1.1 ${statuses[why]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
    socket.destroy();
  });
}

function toReason(code: string): Broken | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'slow-headers';
  if (code.startsWith('HPE_')) return 'no-http';
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') ? 'handshake' : undefined;
}
