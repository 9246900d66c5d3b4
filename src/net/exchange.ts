import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServedRequest } from './answer.ts';

/** A request that was answered, or given up by who asked. */
export interface Exchange {
  readonly request: ServedRequest;
  /** As it was sent; without control characters, which no request line may hold. */
  readonly target: string;
  /** Address of who asked. */
  readonly client: string;
  readonly status: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly milliseconds: number;
  /** False when the connection ended before the answer did. */
  readonly isComplete: boolean;
}

type Watch = (request: ServedRequest, incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** Tells of each exchange when it ends; what a connection carried since the one before belongs to it. */
export function watchExchanges(tell: ((exchange: Exchange) => void) | undefined): Watch {
  const readBefore = new WeakMap<object, number>();
  return (request, incoming, outgoing) => {
    if (tell === undefined) return;
    const { socket } = incoming;
    const [start, written, client] = [performance.now(), socket.bytesWritten, socket.remoteAddress ?? ''];
    outgoing.once('close', () => {
      tell({
        request,
        target: incoming.url ?? '/',
        client,
        status: outgoing.statusCode,
        bytesReceived: socket.bytesRead - (readBefore.get(socket) ?? 0),
        bytesSent: socket.bytesWritten - written,
        milliseconds: Math.round(performance.now() - start),
        isComplete: outgoing.writableFinished,
      });
      readBefore.set(socket, socket.bytesRead);
    });
  };
}
