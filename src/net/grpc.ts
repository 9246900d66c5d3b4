import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import { fromSocket, netError } from './errors.ts';
import { isOffline } from './offline.ts';

export interface GrpcCall {
  /** `/SERVICE/METHOD` */
  readonly path: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** In protobuf. */
  readonly message: Uint8Array;
  /** Bytes of the largest answer. */
  readonly limit: number;
  /** Milliseconds for all of it. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

export type GrpcAnswer =
  | { readonly kind: 'message'; readonly message: Buffer }
  /** `status` is one of gRPC's numbers; 0 when the server does not speak gRPC. */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string };

const frameHead = 5;
const maxDetail = 500;

/** One call with one answer over a Unix socket without TLS (gRPC over HTTP2). @throws NET_OFFLINE, NET_UNREACHABLE, NET_TIMEOUT, NET_RESPONSE_TOO_LARGE */
export async function callGrpc(socketPath: string, call: GrpcCall): Promise<GrpcAnswer> {
  if (isOffline()) throw netError('NET_OFFLINE', { data: { target: socketPath } });
  call.signal?.throwIfAborted();
  const [http2, net] = [process.getBuiltinModule('node:http2'), process.getBuiltinModule('node:net')];
  const session = http2.connect('http://localhost', { createConnection: () => net.connect({ path: socketPath }) });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        reject(call.signal?.aborted ? call.signal.reason : fromSocket(error, socketPath, false));
      };
      timer = setTimeout(() => fail(tooLate(socketPath, call.timeout)), call.timeout);
      call.signal?.addEventListener('abort', fail, { once: true });
      session.on('error', fail);
      exchange(session, socketPath, call).then(resolve, fail);
    });
  } finally {
    clearTimeout(timer);
    session.destroy();
  }
}

function tooLate(host: string, milliseconds: number): Error {
  return netError('NET_TIMEOUT', { data: { host, milliseconds } });
}

async function exchange(session: ClientHttp2Session, host: string, call: GrpcCall): Promise<GrpcAnswer> {
  const stream = session.request({
    ':method': 'POST',
    ':path': call.path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...call.metadata,
  });
  let [head, trailers]: IncomingHttpHeaders[] = [{}, {}];
  stream.on('response', (headers) => {
    head = headers;
  });
  stream.on('trailers', (headers) => {
    trailers = headers;
  });
  const size = Buffer.alloc(frameHead);
  size.writeUInt32BE(call.message.length, 1);
  stream.end(Buffer.concat([size, call.message]));
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    length += (part as Buffer).length;
    if (length > call.limit + frameHead)
      throw netError('NET_RESPONSE_TOO_LARGE', { data: { host, limit: call.limit } });
    parts.push(part as Buffer);
  }
  return toAnswer(Buffer.concat(parts), { ...head, ...trailers });
}

/** An answer without a message has its status in the head, others behind the message. */
function toAnswer(bytes: Buffer, headers: IncomingHttpHeaders): GrpcAnswer {
  const status = headers['grpc-status'];
  if (
    status === '0' &&
    bytes.length >= frameHead &&
    bytes[0] === 0 &&
    bytes.readUInt32BE(1) === bytes.length - frameHead
  ) {
    return { kind: 'message', message: bytes.subarray(frameHead) };
  }
  const detail = String(headers['grpc-message'] ?? '').slice(0, maxDetail);
  return { kind: 'refused', status: Number(status ?? 0), detail };
}
