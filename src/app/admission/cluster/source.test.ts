import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryDirectory } from '../../../../testkit/context.ts';
import { accessTo, startApiServer } from '../../../../testkit/kube.ts';
import { recordMeter } from '../../../../testkit/meter.ts';
import { makeKubeClient } from '../../../kube/index.ts';
import { makeContext } from '../../context.ts';
import { openSource } from './source.ts';

const policies = '/apis/kyverno.io/v1/clusterpolicies';

test('a kind of policies that the cluster tells nothing of is one that is not followed', async () => {
  const server = await startApiServer([policies]);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const context = makeContext({
    cacheDir: temporaryDirectory(),
    cluster: async () =>
      makeKubeClient(accessTo(server, 'shop'), { clock: { now: () => new Date() }, environment: {} }),
  });
  const input = {
    policies: [],
    tls: { certFile: '', keyFile: '' },
    address: '127.0.0.1',
    port: 0,
    cluster: { policies: true },
  };
  const source = await openSource(input, context, { signal: stop.signal, meter: recordMeter() });
  const followed = () => source?.followed().get('clusterpolicies.kyverno.io');
  expect(followed()).toBe(true);
  await vi.waitFor(() => expect(server.seen.some(({ line }) => line.includes('watch=true'))).toBe(true));
  server.fail(/clusterpolicies/, 503, undefined, 2);
  server.endWatches();
  await vi.waitFor(() => expect(followed()).toBe(false), 5000);
  expect(source?.followed().get('policies.kyverno.io')).toBe(true);
  await vi.waitFor(() => expect(followed()).toBe(true), 5000);
});
