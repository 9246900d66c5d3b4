import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { readAll } from '../../../testkit/context.ts';
import { startHttp } from '../../../testkit/server.ts';
import type { Digest } from '../../core/index.ts';
import { HostBudget } from './host-budget.ts';

test('no more requests than allowed reach a host at the same time; bodies count until they were read', async () => {
  let active = 0;
  let most = 0;
  const host = await startHttp((incoming, outgoing) => {
    if (incoming.url === '/v2/') return void outgoing.end();
    most = Math.max(most, ++active);
    outgoing.write('half');
    setTimeout(() => {
      active--;
      outgoing.end();
    }, 5);
  });
  const repository = testClient({ perHost: 3 }).repository({ registry: host, repository: 'app' });
  const digest: Digest = `sha256:${'0'.repeat(64)}`;
  const read = (): Promise<unknown> => readAll(repository.streamBlob({ digest })).catch(() => undefined);
  await Promise.all(Array.from({ length: 20 }, read));
  expect(most).toBe(3);
});

test('places are given back once, and to who waits longest; hosts and kinds do not share them', async () => {
  const budget = new HostBudget(1);
  const release = await budget.enter('a', 'read');
  await budget.enter('a', 'write');
  await budget.enter('b', 'read');
  const order: string[] = [];
  const controller = new AbortController();
  const waiting = [
    budget.enter('a', 'read').then(() => order.push('second')),
    budget.enter('a', 'read', controller.signal).catch(() => order.push('given up')),
  ];
  controller.abort();
  release();
  release();
  await Promise.all(waiting);
  expect(order.sort()).toEqual(['given up', 'second']);
  await expect(budget.enter('a', 'read', AbortSignal.abort(new RangeError('late')))).rejects.toThrow('late');
});
