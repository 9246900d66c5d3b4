import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openRedis } from '../../src/net/index.ts';
import { recordLog, temporaryDirectory } from '../../testkit/context.ts';
import { hasPeer } from '../../testkit/peer.ts';

const program = 'redis-server';
const isThere = await hasPeer(program);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startServer(port: number) {
  const bounds = ['--maxmemory', '16mb', '--save', '', '--appendonly', 'no', '--requirepass', 'open'];
  const listen = ['--port', String(port), '--bind', '127.0.0.1', '--dir', temporaryDirectory()];
  const child = spawn(program, [...listen, ...bounds], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(stop);
  return stop;
}

test.runIf(isThere)('the real server keeps values for their time, and comes back after it was gone', async () => {
  const port = await freePort();
  const stop = await startServer(port);
  const log = recordLog();
  const store = await openRedis(`redis://:open@127.0.0.1:${port}`, log);
  onTestFinished(() => store.close());
  store.connect();
  const ready = (count: number) =>
    vi.waitFor(() => expect(log.lines.filter(({ text }) => text === 'The shared store is there')).toHaveLength(count), {
      timeout: 10_000,
    });
  await ready(1);
  await store.set('a', Buffer.from([0, 1, 255]), 300);
  expect(await store.get('a')).toEqual(Buffer.from([0, 1, 255]));
  await vi.waitFor(async () => expect(await store.get('a')).toBeUndefined(), { timeout: 5000 });
  await stop();
  await vi.waitFor(async () => expect(store.get('a')).rejects.toThrowCode('NET_STORE_FAILED'), { timeout: 5000 });
  await startServer(port);
  await ready(2);
  expect(await store.get('a')).toBeUndefined();
});
