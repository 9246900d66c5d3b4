import type { Redis } from 'ioredis';
import { describeError, type Logger } from '../core/index.ts';
import { redact } from '../kit/redact.ts';
import { netError } from './errors.ts';

/** Values by name that several machines share, each for a time. Whoever keeps them may lose or change them. */
export interface KeyValueStore {
  /** Looks for the store from now on. */
  connect(): void;
  /** Undefined when there is none. @throws NET_STORE_FAILED */
  get(name: string): Promise<Buffer | undefined>;
  /** @throws NET_STORE_FAILED */
  set(name: string, value: Uint8Array, milliseconds: number): Promise<void>;
  close(): void;
}

const limits = { connect: 2000, command: 250, pause: 5000 };
const protocols: Readonly<Record<string, string>> = {
  'redis:': 'redis:',
  'valkey:': 'redis:',
  'rediss:': 'rediss:',
  'valkeys:': 'rediss:',
};

/**
 * A store of Valkey or Redis. It need not be there: what is asked of it fails at once then, and it is looked for again and
 * again. @throws NET_STORE_INVALID
 */
export async function openRedis(address: string, log: Logger): Promise<KeyValueStore> {
  const url = readAddress(address);
  const { Redis } = (await import('./redis-client.ts')).client;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: limits.connect,
    commandTimeout: limits.command,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    retryStrategy: (times) => Math.min(times * 200, limits.pause),
  });
  const state = tellState(redis, log, redact(url));
  return {
    connect: () => void redis.connect().catch(() => undefined),
    get: (name) => asked(async () => (await redis.getBuffer(name)) ?? undefined),
    set: (name, value, milliseconds) =>
      asked(async () => {
        await redis.set(name, Buffer.from(value), 'PX', Math.max(1, Math.round(milliseconds)));
      }),
    close: () => {
      state.end();
      redis.disconnect();
    },
  };
}

function readAddress(address: string): string {
  const fail = (reason: string): never => {
    throw netError('NET_STORE_INVALID', { data: { address: redact(address), reason } });
  };
  if (!URL.canParse(address)) return fail('it is no address');
  const protocol = protocols[new URL(address).protocol];
  if (protocol === undefined) return fail(`it does not begin with ${Object.keys(protocols).join('//, ')}//`);
  return address.replace(/^[a-z]+:/i, protocol);
}

/** Says once that the store is gone, and once that it is there again. */
function tellState(redis: Redis, log: Logger, address: string): { end(): void } {
  let isThere: boolean | undefined;
  let isOver = false;
  redis.on('ready', () => {
    if (isThere !== true) log.info('The shared store is there', { address });
    isThere = true;
  });
  const gone = (reason: string): void => {
    if (isThere !== false && !isOver) log.warn('The shared store cannot be used', { address, reason });
    isThere = false;
  };
  redis.on('error', (error: Error) => gone(describeError(error)));
  redis.on('close', () => gone('the connection ended'));
  return {
    end() {
      isOver = true;
    },
  };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw netError('NET_STORE_FAILED', { data: { reason: describeError(cause) }, cause });
  }
}
