import { expect, test } from 'vitest';
import { accessTo, startApiServer } from '../../testkit/kube.ts';
import { makeKubeClient } from './client.ts';
import { LeaseElection } from './lease.ts';

const path = '/apis/coordination.k8s.io/v1/namespaces/shop/leases';

test('one of two holds the lease, until it stops renewing or lets go', async () => {
  const server = await startApiServer();
  let time = Date.parse('2026-06-01T12:00:00Z');
  const clock = { now: () => new Date(time) };
  const client = makeKubeClient(accessTo(server, 'shop'), { clock, environment: {} });
  const electOf = (identity: string) =>
    new LeaseElection(client, { namespace: 'shop', name: 'lead', identity, seconds: 15, clock });
  const [first, second] = [electOf('first'), electOf('second')];
  const holders = async () => [await first.hold(), await second.hold()];
  expect(await holders()).toEqual([true, false]);
  for (let at = 0; at < 5; at++) {
    time += 10_000;
    expect(await holders()).toEqual([true, false]);
  }
  time += 14_000;
  expect(await second.hold()).toBe(false);
  time += 2000;
  expect(await second.hold()).toBe(true);
  expect(await first.hold()).toBe(false);
  expect(server.read(path, 'lead')).toMatchObject({
    spec: { holderIdentity: 'second', leaseTransitions: 1, renewTime: '2026-06-01T12:01:06.000000Z' },
  });
  await first.release();
  expect(await first.hold()).toBe(false);
  await second.release();
  expect(await first.hold()).toBe(true);
});

test('who loses a race does not hold the lease; what cannot be asked is an error', async () => {
  const server = await startApiServer();
  const clock = { now: () => new Date('2026-06-01T12:00:00Z') };
  const client = makeKubeClient(accessTo(server, 'shop'), { clock, environment: {} });
  const election = new LeaseElection(client, { namespace: 'shop', name: 'lead', identity: 'a', seconds: 15, clock });
  server.fail(/^POST/, 409);
  expect(await election.hold()).toBe(false);
  server.fail(/^GET/, 500);
  await expect(election.hold()).rejects.toThrowCode('KUBE_FAILED');
});
