import { expect, test } from 'vitest';
import { recordLog, recordSleep } from '../../testkit/context.ts';
import { buildImage, buildIndex } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { type Digest, parseImageReference } from '../core/index.ts';
import { makeFetch } from '../net/index.ts';
import { loadRemote } from '../oci/index.ts';
import type { Answer } from './answer.ts';
import { Images } from './images.ts';
import { settleImage } from './settle.ts';

const amd = buildImage({ layers: [[{ path: 'a' }]] });
const arm = buildImage({ layers: [[{ path: 'b' }]], architecture: 'arm64' });
const newAmd = buildImage({ layers: [[{ path: 'c' }]] });
const newArm = buildImage({ layers: [[{ path: 'd' }]], architecture: 'arm64' });
const before = buildIndex([amd, arm]);
const half = buildIndex([newAmd]);
const whole = buildIndex([newAmd, newArm]);

async function started(tagged: { readonly digest: string }): Promise<TestRegistry> {
  const registry = await startRegistry();
  for (const image of [amd, arm, newAmd, newArm]) await registry.put('app', image.manifest.digest.slice(7, 20), image);
  await registry.putManifest('app', 'before', before, []);
  await registry.putManifest('app', '1', tagged === half ? half : whole, []);
  return registry;
}

/** `during` is called at each wait; time passes only there. */
async function settle(
  registry: TestRegistry,
  wait: number,
  { present = before.digest, during }: { present?: string; during?: () => Promise<void> } = {},
): Promise<{ answer: Answer; waits: number[] }> {
  const { makeRegistryClient } = await loadRemote();
  let now = 0;
  const waits: number[] = [];
  const clock = { now: () => new Date(now) };
  const client = makeRegistryClient({ fetch: makeFetch(), clock, log: recordLog(), sleep: recordSleep().sleep });
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    now += milliseconds;
    await during?.();
  };
  const reference = { ...parseImageReference(`${registry.host}/app`), tag: '1' };
  const images = new Images(async () => client, undefined);
  const answer = await settleImage(
    { kind: 'image', key: 'app', reference, present: present as Digest },
    { wait },
    { images, clock, sleep },
  );
  return { answer, waits };
}

test('an index with all platforms of the present pin is taken at once', async () => {
  const { answer, waits } = await settle(await started(whole), 60_000);
  expect(answer).toEqual({ kind: 'image', digest: whole.digest, tag: '1' });
  expect(waits).toEqual([]);
});

test('one that lacks a platform is waited for until it is whole', async () => {
  const registry = await started(half);
  const during = (): Promise<void> => registry.putManifest('app', '1', whole, []);
  const { answer, waits } = await settle(registry, 60_000, { during });
  expect(answer).toMatchObject({ kind: 'image', digest: whole.digest });
  expect(waits).toEqual([15_000]);
});

test('when the time is up the pin is kept', async () => {
  const { answer, waits } = await settle(await started(half), 20_000);
  expect(answer).toEqual({
    kind: 'kept',
    code: 'PIN_PLATFORM_MISSING',
    reason: 'The index that app:1 means now lacks linux/arm64, which the present pin has',
  });
  expect(waits).toEqual([15_000, 5000]);
  expect((await settle(await started(half), 0)).waits).toEqual([]);
});

test('a pin that is gone, or of one platform, asks for nothing', async () => {
  const gone = `sha256:${'d'.repeat(64)}`;
  for (const present of [gone, amd.manifest.digest]) {
    const { answer } = await settle(await started(half), 0, { present });
    expect(answer).toMatchObject({ kind: 'image', digest: half.digest });
  }
});

test('a registry that fails meanwhile fails the answer', async () => {
  const registry = await started(half);
  registry.fail({ match: /^GET .*manifests/, act: { kind: 'status', status: 403 } });
  await expect(settle(registry, 0)).rejects.toMatchObject({ code: 'OCI_FORBIDDEN' });
});
