import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Serves plain http on loopback until the test ends; returns `127.0.0.1:port`. */
export function startHttp(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  return start(server, () => server.closeAllConnections());
}

/** Serves https with the given certificate. */
export function startHttps(
  options: { key: string; cert: string; ca?: string },
  listener: RequestListener,
): Promise<string> {
  const mutual = options.ca === undefined ? {} : { requestCert: true, rejectUnauthorized: true };
  const server = createTlsServer({ ...options, ...mutual }, listener);
  return start(server, () => server.closeAllConnections());
}

/** Serves raw TCP. */
export function startTcp(listener: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    listener(socket);
  });
  return start(server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

async function start(server: Server, end: () => void): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        end();
      }),
  );
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
