import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage, buildIndex } from '../../testkit/image.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';

const run = promisify(execFile);
const found = await hasPeer('cosign');

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An image in a registry of ours, with every kind of evidence that cosign makes. */
interface Workplace {
  readonly registry: TestRegistry;
  /** `host/app:1`. */
  readonly image: string;
  readonly cosign: (...args: string[]) => Promise<Answer>;
  readonly plimsoll: (...args: string[]) => Promise<Answer>;
  readonly at: (name: string) => string;
}

const layouts: Readonly<Record<string, readonly string[]>> = {
  bundle: ['--signing-config', 'none.json'],
  legacy: ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'],
};

async function workplace(made: readonly string[] = ['bundle', 'legacy']): Promise<Workplace> {
  const directory = temporaryDirectory();
  const env = { HOME: directory, PATH: process.env['PATH'], COSIGN_PASSWORD: 'secret' };
  const cosign = (...args: string[]): Promise<Answer> =>
    run('cosign', args, { cwd: directory, env }).then(
      (answer) => ({ code: 0, ...answer }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );
  const plimsoll = async (...args: string[]): Promise<Answer> => {
    const host = makeHost(args, { environment: { HOME: directory }, workingDirectory: directory });
    return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
  };
  const registry = await startRegistry();
  await registry.put('app', '1', buildImage({ layers: [[{ path: 'a' }]] }));
  await registry.put('bare', '1', buildImage({ layers: [[{ path: 'b' }]] }));
  const image = `${registry.host}/app:1`;
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('predicate.json'), '{}');
  writeFileSync(at('sbom.json'), '{"spdxVersion":"SPDX-2.3"}');
  await cosign('generate-key-pair');
  await cosign('signing-config', 'create', '--out', 'none.json');
  for (const layout of made) {
    const flags = [...(layouts[layout] ?? []), '--key', 'cosign.key', '--yes'];
    expect(await cosign('sign', ...flags, image)).toMatchObject({ code: 0 });
    const type = ['--type', `https://example.com/${layout}`, '--predicate', 'predicate.json'];
    expect(await cosign('attest', ...flags, ...type, image)).toMatchObject({ code: 0 });
  }
  if (made.includes('legacy')) {
    expect(await cosign('attach', 'sbom', '--sbom', 'sbom.json', image)).toMatchObject({ code: 0 });
  }
  return { registry, image, cosign, plimsoll, at };
}

/** Lines in any order: cosign goes through a map. */
function sorted({ code, stdout }: Answer): object {
  return { code, lines: stdout.split('\n').sort() };
}

test.runIf(found)('tree, triangulate and download answer as cosign does', async () => {
  const { registry, image, cosign, plimsoll } = await workplace();
  for (const words of [
    ['tree', image],
    ['tree', `${registry.host}/bare:1`],
    ['tree', `${registry.host}/none:1`],
    ...['signature', 'attestation', 'sbom', 'digest', 'other'].map((type) => ['triangulate', '--type', type, image]),
    ['download', 'signature', image],
    ['download', 'signature', `${registry.host}/bare:1`],
    ['download', 'attestation', image],
    ['download', 'attestation', `${registry.host}/bare:1`],
    ['download', 'attestation', '--predicate-type', 'https://example.com/bundle', image],
    ['download', 'attestation', '--predicate-type', 'https://example.com/legacy', image],
    ['download', 'attestation', '--predicate-type', 'spdx', image],
    ['download', 'sbom', image],
    ['download', 'sbom', `${registry.host}/bare:1`],
  ]) {
    const [theirs, ours] = [await cosign(...words), await plimsoll('cosign', ...words)];
    expect({ words, ...sorted(ours) }).toEqual({ words, ...sorted(theirs) });
  }
});

test.runIf(found)('signatures of the older layout are downloaded alike', async () => {
  const { image, cosign, plimsoll } = await workplace(['legacy']);
  const words = ['download', 'signature', image];
  expect(sorted(await plimsoll('cosign', ...words))).toEqual(sorted(await cosign(...words)));
});

async function verifies({ cosign, plimsoll, at }: Workplace, image: string): Promise<void> {
  const flags = ['--insecure-ignore-tlog', image];
  expect(await cosign('verify', '--key', 'cosign.pub', ...flags)).toMatchObject({ code: 0 });
  expect(await plimsoll('verify', '--key', at('cosign.pub'), ...flags)).toMatchObject({ code: 0 });
}

test.runIf(found).each([['bundle'], ['legacy']])('saved by the one and loaded by the other: %s', async (layout) => {
  const place = await workplace([layout]);
  const { registry, image, cosign, plimsoll, at } = place;
  expect(await plimsoll('cosign', 'save', '--dir', at('ours'), image)).toMatchObject({ code: 0 });
  expect(await cosign('save', '--dir', 'theirs', image)).toMatchObject({ code: 0 });
  const [ours, theirs] = ['ours', 'theirs'].map((name) => readdirSync(join(at(name), 'blobs/sha256')).sort());
  expect(ours).toEqual(expect.arrayContaining(theirs ?? []));
  // cosign pushes the manifest of a bundle before the bundle, so that strict registries must have had the blob.
  expect(await plimsoll('cosign', 'clean', '-f', image)).toMatchObject({ code: 0 });
  expect(await cosign('load', '--dir', 'ours', `${registry.host}/app:2`)).toMatchObject({ code: 0, stderr: '' });
  await verifies(place, `${registry.host}/app:2`);
  const loaded = `${registry.host}/loaded:1`;
  expect(await plimsoll('cosign', 'load', '--dir', at('theirs'), loaded)).toMatchObject({ code: 0 });
  await verifies(place, loaded);
  const local = ['verify', '--local-image', '--insecure-ignore-tlog', '--key'];
  expect(await cosign(...local, 'cosign.pub', 'ours')).toMatchObject({ code: 0 });
  expect(await plimsoll(...local, at('cosign.pub'), at('theirs'))).toMatchObject({ code: 0 });
});

test.runIf(found)('an index is saved and loaded both ways', async () => {
  const { registry, cosign, plimsoll, at } = await workplace([]);
  const images = ['amd64', 'arm64'].map((architecture) =>
    buildImage({ layers: [[{ path: architecture }]], architecture }),
  );
  for (const one of images) await registry.put('multi', one.platform.architecture, one);
  const index = buildIndex(images);
  await registry.putManifest('multi', '1', index, []);
  const name = `${registry.host}/multi:1`;
  const flags = [...(layouts['legacy'] ?? []), '--key', 'cosign.key', '--yes', '-r'];
  expect(await cosign('sign', ...flags, name)).toMatchObject({ code: 0 });
  expect(await plimsoll('save', '--dir', at('ours'), name)).toMatchObject({ code: 0 });
  expect(await cosign('save', '--dir', 'theirs', name)).toMatchObject({ code: 0 });
  expect(await cosign('load', '--dir', 'ours', `${registry.host}/loaded-a:1`)).toMatchObject({ code: 0, stderr: '' });
  expect(await plimsoll('load', '--dir', at('theirs'), `${registry.host}/loaded-b:1`)).toMatchObject({ code: 0 });
  expect(await plimsoll('load', '--dir', at('ours'), `${registry.host}/loaded-c:1`)).toMatchObject({ code: 0 });
  for (const loaded of ['a', 'b', 'c']) {
    const { stdout } = await cosign('triangulate', '--type', 'digest', `${registry.host}/loaded-${loaded}:1`);
    expect(stdout.trim()).toBe(`${registry.host}/loaded-${loaded}@${index.digest}`);
  }
  // What cosign leaves out: the signatures of the images in the index.
  const arm = `${registry.host}/loaded-c@${images[1]?.manifest.digest}`;
  const verify = ['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', arm];
  expect(await cosign(...verify)).toMatchObject({ code: 0 });
});

test.runIf(found)('what we copy, cosign verifies in every layout; what it copies, we do', async () => {
  const place = await workplace();
  const { registry, image, cosign, plimsoll } = place;
  const other = await startRegistry();
  expect(await plimsoll('copy', image, `${other.host}/app:1`)).toMatchObject({ code: 0 });
  await verifies(place, `${other.host}/app:1`);
  expect(sorted(await cosign('tree', `${other.host}/app:1`)).toString()).toBe(
    sorted(await cosign('tree', image)).toString(),
  );
  const legacy = ['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', '--new-bundle-format=false'];
  expect(await cosign(...legacy, `${other.host}/app:1`)).toMatchObject({ code: 0 });
  expect(await cosign('copy', image, `${registry.host}/theirs:1`)).toMatchObject({ code: 0 });
  await verifies(place, `${registry.host}/theirs:1`);
  const taken = ['copy', image, `${registry.host}/bare:1`];
  const [theirs, ours] = [await cosign(...taken), await plimsoll('cosign', ...taken)];
  expect([theirs.code, ours.code]).toEqual([1, 1]);
});

test.runIf(found)('where a registry lists no referrers, we read and keep what cosign wrote', async () => {
  const place = await workplace([]);
  const { registry, image, cosign, plimsoll } = place;
  registry.fail({ match: /GET .*\/referrers\//, act: { kind: 'status', status: 404 } });
  registry.fail({ match: /PUT .*\/manifests\//, act: { kind: 'headers', headers: { 'oci-subject': '' } } });
  const flags = [...(layouts['bundle'] ?? []), '--key', 'cosign.key', '--yes'];
  expect(await cosign('sign', ...flags, image)).toMatchObject({ code: 0 });
  expect(await plimsoll('copy', image, `${registry.host}/ours:1`)).toMatchObject({ code: 0 });
  await verifies(place, `${registry.host}/ours:1`);
  // cosign gives the image the tag that would hold the list.
  expect(await cosign('copy', image, `${registry.host}/theirs:1`)).toMatchObject({ code: 0 });
  const bare = await plimsoll('cosign', 'tree', `${registry.host}/theirs:1`);
  expect(bare.stdout).toContain('No Supply Chain Security Related Artifacts found');
});

test.runIf(found).each(['all', 'signature', 'attestation', 'sbom', 'referrer'])(
  'clean --type %s leaves what cosign leaves',
  async (type) => {
    const { image, registry, cosign, plimsoll } = await workplace();
    const other = `${registry.host}/other:1`;
    expect(await plimsoll('copy', image, other)).toMatchObject({ code: 0 });
    const words = ['clean', '-f', '--type', type];
    expect(await cosign(...words, image)).toMatchObject({ code: 0 });
    expect(await plimsoll('cosign', ...words, other)).toMatchObject({ code: 0 });
    const kinds = async (name: string) =>
      (await cosign('tree', name)).stdout.replaceAll(name.replace(':1', ''), 'NAME').split('\n').sort();
    expect(await kinds(other)).toEqual((await kinds(image)).map((line) => line.replace('/app:', '/other:')));
  },
);
