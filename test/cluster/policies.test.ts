import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connaisseurText } from '../../testkit/policy-texts.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { skipReason, titled } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { imageNamed, putKeyed, putKeyless, putUnsigned } from './signing.ts';
import { imageIn, makeWorkplace } from './workplace.ts';

describe.skipIf(skipReason !== undefined)(titled('files of users, in a cluster'), () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  test('the ClusterPolicy admits who it names and pins the image; everybody else is denied', async () => {
    const { registry, guard, createPod } = await makeWorkplace(plane);
    const served = await guard();
    const signed = await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    await putKeyless(registry, 'stranger', { email: 'dev@elsewhere.com' });
    await putKeyless(registry, 'foreign', { issuer: 'https://accounts.example.com' });
    const admitted = await createPod('app', 'ghcr.io/org/app:1');
    expect(admitted).toMatchObject({ status: 201 });
    expect(imageIn(admitted)).toBe(`ghcr.io/org/app:1@${signed.manifest.digest}`);
    for (const name of ['unsigned', 'stranger', 'foreign', 'missing']) {
      const { status, body } = await createPod(name, `ghcr.io/org/${name}:1`);
      expect({ name, status }).toEqual({ name, status: 403 });
      expect(body.message).toContain(`"mutate.plimsoll.example" denied the request: policy verify-images`);
      expect(body.message).toContain(`ghcr.io/org/${name}:1`);
    }
    // A tag that was moved after signing leads to something that nobody signed.
    await registry.put('org/app', '1', imageNamed('another'));
    expect(await createPod('moved', 'ghcr.io/org/app:1')).toMatchObject({ status: 403 });
    const pinned = `ghcr.io/org/app:1@${signed.manifest.digest}`;
    expect(await createPod('by-digest', pinned)).toMatchObject({ status: 201 });
    // The policy is about ghcr.io/org alone.
    expect(await createPod('other', 'docker.io/library/nginx:1')).toMatchObject({ status: 201 });
    expect(await served.stop('SIGTERM')).toBe(0);
  });

  test("Connaisseur's file admits what its key signed, as it is in the log, and denies the rest", async () => {
    const key = makeKey();
    const { registry, guard, createPod } = await makeWorkplace(plane, { policy: connaisseurText(key.pem) });
    await guard();
    const signed = await putKeyed(registry, 'app', { key, log: 'v1' });
    await putKeyed(registry, 'unlogged', { key, log: 'none' });
    await putKeyed(registry, 'other-key', { key: makeKey(), log: 'v1' });
    await putUnsigned(registry, 'unsigned');
    const admitted = await createPod('app', 'ghcr.io/org/app:1');
    expect(admitted).toMatchObject({ status: 201 });
    expect(imageIn(admitted)).toBe(`ghcr.io/org/app:1@${signed.manifest.digest}`);
    for (const name of ['unlogged', 'other-key', 'unsigned']) {
      expect({ name, ...(await createPod(name, `ghcr.io/org/${name}:1`)) }).toMatchObject({ name, status: 403 });
    }
    await registry.put('org/app', '1', imageNamed('another'));
    expect(await createPod('moved', 'ghcr.io/org/app:1')).toMatchObject({ status: 403 });
  });
});
