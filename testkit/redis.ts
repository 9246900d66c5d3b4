import type { Socket } from 'node:net';
import { startTcp } from './server.ts';

/** A store that speaks as Redis does (RESP 2). */
export interface TestRedis {
  readonly url: string;
  readonly values: Map<string, Buffer>;
  /** Names of commands, in order, but for those of the connection. */
  readonly commands: string[];
  /** What is answered in place of a value. */
  fault: 'none' | 'error' | 'silence';
}

/** Serves a store on loopback until the test ends. */
export async function startRedis(): Promise<TestRedis> {
  const made: TestRedis = { url: '', values: new Map(), commands: [], fault: 'none' };
  const address = await startTcp((socket) => speak(socket, made));
  return Object.assign(made, { url: `redis://${address}` });
}

function speak(socket: Socket, redis: TestRedis): void {
  let left = Buffer.alloc(0);
  socket.on('data', (part) => {
    left = Buffer.concat([left, part as Buffer]);
    for (let read = readCommand(left); read !== undefined; read = readCommand(left)) {
      left = left.subarray(read.length);
      const answer = answerTo(read.words, redis);
      if (answer !== undefined) socket.write(answer);
    }
  });
}

/** A list of bulk strings, with how many bytes it took; undefined while it is not whole. */
function readCommand(bytes: Buffer): { words: Buffer[]; length: number } | undefined {
  const line = (start: number): { count: number; end: number } | undefined => {
    const end = bytes.indexOf('\r\n', start);
    return end < 0 ? undefined : { count: Number(bytes.toString('latin1', start + 1, end)), end: end + 2 };
  };
  const head = line(0);
  if (head === undefined) return undefined;
  const words: Buffer[] = [];
  let at = head.end;
  for (let index = 0; index < head.count; index++) {
    const bulk = line(at);
    if (bulk === undefined || bytes.length < bulk.end + bulk.count + 2) return undefined;
    words.push(bytes.subarray(bulk.end, bulk.end + bulk.count));
    at = bulk.end + bulk.count + 2;
  }
  return { words, length: at };
}

const bulk = (value: Buffer | undefined): Buffer =>
  value === undefined
    ? Buffer.from('$-1\r\n')
    : Buffer.concat([Buffer.from(`$${value.length}\r\n`), value, Buffer.from('\r\n')]);

function answerTo([command, name, value]: readonly Buffer[], redis: TestRedis): Buffer | undefined {
  const word = String(command).toUpperCase();
  if (word === 'INFO') return bulk(Buffer.from('redis_version:7.0.0\r\nloading:0\r\n'));
  if (word !== 'GET' && word !== 'SET') return Buffer.from('+OK\r\n');
  redis.commands.push(word);
  if (redis.fault === 'silence') return undefined;
  if (redis.fault === 'error') return Buffer.from('-ERR out of order\r\n');
  if (word === 'GET') return bulk(redis.values.get(String(name)));
  redis.values.set(String(name), Buffer.from(value ?? ''));
  return Buffer.from('+OK\r\n');
}
