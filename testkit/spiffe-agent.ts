import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './context.ts';

/** What an agent was asked, in the bytes of gRPC. */
export interface AskedAgent {
  readonly path: string | undefined;
  readonly metadata: unknown;
  readonly message: Buffer;
}

export interface TestAgent {
  readonly socket: string;
  readonly asked: readonly AskedAgent[];
}

/** Answers in gRPC: a message, or a status and words. */
export type AgentAnswer = { readonly message: Buffer } | { readonly status: number; readonly words: string };

/** The agent of a SPIFFE workload on a Unix socket, until the test ends. */
export async function startAgent(answer: AgentAnswer): Promise<TestAgent> {
  const socket = join(temporaryDirectory(), 'agent.sock');
  const asked: AskedAgent[] = [];
  const server = createServer();
  server.on('stream', (stream, headers) => void serve(stream, headers, answer, asked));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => void server.close());
  return { socket, asked };
}

async function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  answer: AgentAnswer,
  asked: AskedAgent[],
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const message = Buffer.concat(parts);
  asked.push({ path: headers[':path'], metadata: headers['workload.spiffe.io'], message });
  const type = { ':status': 200, 'content-type': 'application/grpc' };
  if ('status' in answer) {
    stream.respond({ ...type, 'grpc-status': answer.status, 'grpc-message': answer.words }, { endStream: true });
    return;
  }
  stream.respond(type, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(answer.message.length, 1);
  stream.end(Buffer.concat([head, answer.message]));
}

/** JWTSVIDResponse of the SPIFFE Workload API with one identity. */
export function identityOf(name: string, token: string): Buffer {
  return field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(token))]));
}

/** A field of protobuf that holds bytes. */
function field(number: number, bytes: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
  }
}
