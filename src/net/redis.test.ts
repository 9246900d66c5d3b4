import { expect, onTestFinished, test, vi } from 'vitest';
import { recordLog } from '../../testkit/context.ts';
import { startRedis } from '../../testkit/redis.ts';
import { openRedis } from './index.ts';

async function open(url: string) {
  const log = recordLog();
  const store = await openRedis(url, log);
  onTestFinished(() => store.close());
  store.connect();
  return { store, log };
}

test('values are kept for a time, as bytes', async () => {
  const redis = await startRedis();
  const { store, log } = await open(redis.url.replace('redis:', 'valkey:'));
  await vi.waitFor(() => expect(log.lines).toMatchObject([{ text: 'The shared store is there' }]));
  expect(await store.get('a')).toBeUndefined();
  await store.set('a', Buffer.from([0, 255, 13, 10]), 1000);
  expect(await store.get('a')).toEqual(Buffer.from([0, 255, 13, 10]));
});

test('a store that is not there fails at once, and one that says nothing or nonsense soon', async () => {
  const gone = await open('redis://someone:secret@127.0.0.1:1');
  await expect(gone.store.get('a')).rejects.toThrowCode('NET_STORE_FAILED');
  await vi.waitFor(() => expect(gone.log.lines).toMatchObject([{ text: 'The shared store cannot be used' }]));
  expect(JSON.stringify(gone.log.lines)).not.toContain('secret');
  const redis = await startRedis();
  const { store, log } = await open(redis.url);
  await vi.waitFor(() => expect(log.lines).toHaveLength(1));
  redis.fault = 'error';
  await expect(store.get('a')).rejects.toThrowCode('NET_STORE_FAILED');
  redis.fault = 'silence';
  await expect(store.set('a', Buffer.from('b'), 10)).rejects.toThrowCode('NET_STORE_FAILED');
});

test.each(['127.0.0.1:6379', 'http://me:secret@host/', ''])('%s is no address of a store', async (address) => {
  const error = await openRedis(address, recordLog()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'NET_STORE_INVALID' });
  expect(String(error)).not.toContain('secret');
});
