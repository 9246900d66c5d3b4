import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startAgent } from '../../testkit/spiffe-agent.ts';
import { callGrpc, goOffline } from './index.ts';

const call = { path: '/Service/Method', message: Buffer.from('ask'), limit: 100, timeout: 10_000 };

test('a message goes to a Unix socket and one comes back', async () => {
  const { socket, asked } = await startAgent({ message: Buffer.from('answer') });
  const metadata = { 'workload.spiffe.io': 'true' };
  expect(await callGrpc(socket, { ...call, metadata })).toEqual({ kind: 'message', message: Buffer.from('answer') });
  expect(asked).toEqual([{ path: call.path, metadata: 'true', message: Buffer.from('\0\0\0\0\x03ask') }]);
});

test('a refusal is a value', async () => {
  const { socket } = await startAgent({ status: 7, words: 'no identity issued' });
  expect(await callGrpc(socket, call)).toEqual({ kind: 'refused', status: 7, detail: 'no identity issued' });
});

test('an answer is bounded, and so is the time', async () => {
  const { socket } = await startAgent({ message: Buffer.alloc(101) });
  await expect(callGrpc(socket, call)).rejects.toThrowCode('NET_RESPONSE_TOO_LARGE');
  const { socket: slow } = await startAgent({ message: Buffer.alloc(1) });
  await expect(callGrpc(slow, { ...call, timeout: 0 })).rejects.toThrowCode('NET_TIMEOUT');
  const stopped = callGrpc(slow, { ...call, signal: AbortSignal.abort() });
  await expect(stopped).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

test('nobody there, another protocol there, and no network at all', async () => {
  await expect(callGrpc(`${temporaryDirectory()}/none.sock`, call)).rejects.toThrowCode('NET_UNREACHABLE');
  const { socket } = await startAgent({ message: Buffer.from('answer') });
  const goOnline = goOffline();
  await expect(callGrpc(socket, call)).rejects.toThrowCode('NET_OFFLINE');
  goOnline();
});
