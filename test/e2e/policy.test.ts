import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { blobsOf, buildImage, layoutFiles, writeTree } from '../../testkit/image.ts';
import { bundleManifest } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
import { runCli } from './cli.ts';

const key = makeKey();
const stack = makeStack();
const image = buildImage({ layers: [[{ path: 'a' }]] });

/** A directory with a policy, a pod, and the image with its evidence. */
function workplace(isSigned: boolean): string {
  const home = temporaryDirectory();
  const artifact = image.manifest.bytes;
  const statement = statementAbout(artifact, { predicateType: 'https://sigstore.dev/cosign/sign/v1' });
  const { bundle } = signBundle(stack, { artifact, content: 'statement', statement, key, log: 'none' });
  const { manifest, blobs } = bundleManifest(image.manifest, bundle);
  const evidence = isSigned ? [manifest, ...blobs] : [];
  writeTree(join(home, 'saved'), layoutFiles([{ blob: image.manifest }], [...blobsOf(image), ...evidence]));
  const policy = {
    validators: [{ name: 'default', type: 'cosign', trustRoots: [{ name: 'default', key: key.pem }] }],
    policy: [{ pattern: 'ghcr.io/org/*', with: { verifyInTransparencyLog: false } }],
  };
  const container = { name: 'app', image: 'ghcr.io/org/app:1' };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec: { containers: [container] } };
  writeFileSync(join(home, 'policy.yaml'), JSON.stringify(policy));
  writeFileSync(join(home, 'pod.yaml'), JSON.stringify(pod));
  return home;
}

const words = ['policy', 'apply', '--offline', '--layout', 'ghcr.io/org/app:1=saved', 'policy.yaml', '-r', 'pod.yaml'];

test('without the network, a signed image is let in and pinned, an unsigned one denied', async () => {
  const signed = await runCli(words, { cwd: workplace(true) });
  expect(signed).toMatchObject({ code: 0, stderr: '' });
  expect(signed.stdout).toContain(`to ghcr.io/org/app:1@${image.manifest.digest}`);
  const unsigned = await runCli(words, { cwd: workplace(false) });
  expect(unsigned.code).toBe(1);
  expect(unsigned.stdout).toContain('no signatures found');
});

test('Kyverno policies are judged by the built program too, with its conditions', async () => {
  const cwd = temporaryDirectory();
  const equals = { key: '{{ to_upper(request.name) }}', operator: 'Equals', value: 'OTHER' };
  const rule = {
    name: 'r',
    match: { any: [{ resources: { kinds: ['Pod'] } }] },
    preconditions: { all: [equals] },
    verifyImages: [{ imageReferences: ['*'] }],
  };
  const policy = {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'p' },
    spec: { rules: [rule] },
  };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec: { containers: [{ image: 'a:1' }] } };
  writeFileSync(join(cwd, 'policy.yaml'), JSON.stringify(policy));
  writeFileSync(join(cwd, 'pod.yaml'), JSON.stringify(pod));
  const { code, stdout } = await runCli(['policy', 'apply', 'policy.yaml', '-r', 'pod.yaml', '-q'], { cwd });
  expect(stdout).toContain('preconditions not met');
  expect(stdout).toContain('skip: 1');
  expect(code).toBe(0);
});
