import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import {
  buildEvidencedIndex,
  contentsOf,
  evidenceTag,
  manifestsOf,
  putEvidencedIndex,
  referrerOf,
} from '../../testkit/evidence.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage, toBlob } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { runProgram } from './run.ts';

const whole = buildEvidencedIndex();

async function run(...args: string[]) {
  const host = makeHost(args, { environment: { HOME: temporaryDirectory() } });
  const code = await runProgram(host);
  return { code, stdout: host.stdout.text(), stderr: host.stderr.text() };
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await run(...args, '--format', 'json');
  return { code, stderr, ...JSON.parse(stdout) };
}

async function source(): Promise<TestRegistry> {
  const registry = await startRegistry();
  await putEvidencedIndex(registry, 'app', '1', whole);
  return registry;
}

/** No list of referrers, as registries of before 2024 have it. */
function withoutReferrers(registry: TestRegistry): TestRegistry {
  registry.fail({ match: /GET .*\/referrers\//, act: { kind: 'status', status: 404 } });
  registry.fail({ match: /PUT .*\/manifests\//, act: { kind: 'headers', headers: { 'oci-subject': '' } } });
  return registry;
}

async function expectAll({ host }: TestRegistry, repository: string): Promise<void> {
  const at = `http://${host}/v2/${repository}`;
  for (const { digest, bytes } of manifestsOf(whole)) {
    const answer = await fetch(`${at}/manifests/${digest}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  }
  for (const { digest } of contentsOf(whole)) {
    expect((await fetch(`${at}/blobs/${digest}`, { method: 'HEAD' })).status).toBe(200);
  }
  for (const [tag, { manifest }] of [...whole.legacy, ['1', { manifest: whole.index }] as const]) {
    const answer = await fetch(`${at}/manifests/${tag}`, { method: 'HEAD' });
    expect(answer.headers.get('docker-content-digest')).toBe(manifest.digest);
  }
}

test('an image is copied with its variants, tags, referrers, and referrers of those', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const found = await json('copy', `${from.host}/app:1`, `${to.host}/mirror/app:1`);
  expect(found).toMatchObject({ code: 0, digest: whole.index.digest, referrersBy: 'api', dryRun: false });
  expect(found.parts).toHaveLength(manifestsOf(whole).length);
  await expectAll(to, 'mirror/app');
  const again = await json('copy', `${from.host}/app:1`, `${to.host}/mirror/app:1`);
  expect(again.parts.map(({ state }: { state: string }) => state)).toEqual(found.parts.map(() => 'present'));
  expect(again.blobs).toEqual({ pushed: 0, mounted: 0, present: 0, bytes: 0 });
  expect(to.seen.filter(({ method }) => method === 'PUT' || method === 'POST').length).toBeGreaterThan(0);
});

test('within one registry blobs are mounted, and a shared layer is asked for once', async () => {
  const registry = await source();
  const { blobs, code } = await json('copy', `${registry.host}/app:1`, `${registry.host}/other:1`);
  expect({ code, pushed: blobs.pushed }).toEqual({ code: 0, pushed: 0 });
  expect(blobs.mounted).toBe(new Set(contentsOf(whole).map(({ digest }) => digest)).size);
  await expectAll(registry, 'other');
});

test('where a registry lists no referrers, tags stand in on either side, and it is said', async () => {
  const [from, to] = [await source(), withoutReferrers(await startRegistry())];
  const { code, stdout } = await run('copy', `${from.host}/app:1`, `${to.host}/app:1`);
  expect(code).toBe(0);
  expect(stdout).toContain('The target does not list referrers itself');
  expect(stdout).toContain('every piece was found at the target');
  await expectAll(to, 'app');
  const back = await startRegistry();
  expect(await json('copy', `${to.host}/app:1`, `${back.host}/app:1`)).toMatchObject({ code: 0, referrersBy: 'api' });
  await expectAll(back, 'app');
});

test('through an OCI layout and back nothing is lost', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const directory = join(temporaryDirectory(), 'layout');
  expect(await json('copy', `${from.host}/app:1`, `oci:${directory}:1`)).toMatchObject({
    code: 0,
    referrersBy: 'layout',
  });
  const other = buildImage({ layers: [[{ path: 'other' }]] });
  await from.put('app', '2', other);
  expect(await run('copy', `${from.host}/app:2`, `oci:${directory}:2`)).toMatchObject({ code: 0 });
  expect(await run('copy', `${directory}:1`, `${to.host}/app:1`)).toMatchObject({ code: 0 });
  await expectAll(to, 'app');
  expect(await json('copy', `${directory}:1`, `oci:${directory}2`)).toMatchObject({ code: 0 });
  const unnamed = await run('copy', directory, `${to.host}/app:3`);
  expect(unnamed.stderr).toContain('EVIDENCE_LAYOUT_INVALID');
  expect((await run('copy', `${directory}:9`, `${to.host}/app:3`)).stderr).toContain('it holds no image 9');
  expect(await json('copy', `${directory}@${whole.index.digest}`, `${to.host}/app:4`)).toMatchObject({
    digest: whole.index.digest,
  });
  const absent = `${directory}@sha256:${'0'.repeat(64)}`;
  expect((await run('copy', absent, `${to.host}/app:3`)).stderr).toContain('EVIDENCE_INCOMPLETE');
});

test('--dry-run writes nothing and tells what would be', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const { code, parts } = await json('copy', '--dry-run', `${from.host}/app:1`, `${to.host}/app:1`);
  expect(code).toBe(0);
  expect(new Set(parts.map(({ state }: { state: string }) => state))).toEqual(new Set(['planned']));
  expect(to.seen.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
  expect((await run('copy', '--dry-run', `${from.host}/app:1`, `${to.host}/app:1`)).stdout).toContain(
    'would be copied',
  );
  const directory = join(temporaryDirectory(), 'layout');
  expect(await run('copy', '--dry-run', `${from.host}/app:1`, `oci:${directory}`)).toMatchObject({ code: 0 });
  expect(existsSync(directory)).toBe(false);
});

test('--platform takes one image with its evidence', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const { digest, parts } = await json('copy', '--platform', 'linux/arm64', `${from.host}/app:1`, `${to.host}/app:1`);
  const [, arm] = whole.images;
  expect(digest).toBe(arm.manifest.digest);
  expect(parts.map(({ kind }: { kind: string }) => kind)).toEqual(['image', 'attestation']);
  const refuse = async (platform: string, tag: string) =>
    (await run('copy', '--platform', platform, `${from.host}/app:${tag}`, `${to.host}/app:2`)).stderr;
  expect(await refuse('linux/s390x', '1')).toContain('unable to find an entity for linux/s390x [EVIDENCE_PLATFORM]');
  expect(await refuse('linux', '1')).toContain('platform spec matches more than one image architecture');
  expect(await refuse('linux/amd64', 'amd64')).toContain('specified reference is not a multiarch image');
});

test('--only brings evidence of a kind and leaves the tag', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const { parts } = await json('copy', '--only', 'sig', `${from.host}/app:1`, `${to.host}/app:1`);
  expect(parts.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    'image',
    'referrer',
    'signature',
    'variant',
    'variant',
  ]);
  expect((await fetch(`http://${to.host}/v2/app/manifests/1`)).status).toBe(404);
  expect((await run('copy', '--only', 'all', `${from.host}/app:1`, `${to.host}/app:1`)).code).toBe(1);
});

test('a tag that means something else is replaced only by force', async () => {
  const [from, to] = [await source(), await startRegistry()];
  await to.put('app', '1', buildImage({ layers: [[{ path: 'other' }]] }));
  const refused = await run('copy', `${from.host}/app:1`, `${to.host}/app:1`);
  expect(refused.stderr).toContain('EVIDENCE_TAG_TAKEN');
  expect(to.seen.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
  expect(await run('copy', '-f', `${from.host}/app:1`, `${to.host}/app:1`)).toMatchObject({ code: 0 });
  await expectAll(to, 'app');
});

test('evidence that the target refuses is told, and fails the copy', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const [, sbom] = whole.referrers;
  const refused = new RegExp(`PUT .*${sbom?.manifest.digest}`);
  to.fail({ match: refused, act: { kind: 'status', status: 400, body: '{}' } });
  const { code, stdout } = await run('copy', `${from.host}/app:1`, `${to.host}/app:1`);
  expect(code).toBe(1);
  expect(stdout).toContain(`referrer ${sbom?.manifest.digest} application/spdx+json: IS NOT AT THE TARGET`);
  expect(stdout).toContain('1 of them are MISSING');
});

test('evidence that the target forgets is told', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const empty = Buffer.from('{"schemaVersion":2,"manifests":[]}');
  to.fail({ match: /GET .*\/referrers\//, act: { kind: 'body', body: empty } });
  const tag = evidenceTag(whole.index, 'sig');
  to.fail({ match: new RegExp(`HEAD .*${tag}`), act: { kind: 'status', status: 404 } });
  const { code, parts } = await json('copy', `${from.host}/app:1`, `${to.host}/app:1`);
  expect(code).toBe(1);
  const reasons = parts.flatMap(({ reason }: { reason?: string }) => reason ?? []);
  expect(reasons.sort()).toEqual(['it is not there', ...whole.referrers.map(() => 'the target does not list it')]);
});

test('a tag that the target does not keep is an error', async () => {
  const [from, to] = [await source(), await startRegistry()];
  to.fail({ match: /HEAD .*\/manifests\/1$/, act: { kind: 'status', status: 404 } });
  expect((await run('copy', `${from.host}/app:1`, `${to.host}/app:1`)).stderr).toContain('EVIDENCE_TAG_NOT_KEPT');
});

test('what an index names and the source lacks is told', async () => {
  const [from, to] = [await startRegistry(), await startRegistry()];
  await from.put('app', 'amd64', whole.images[0]);
  await from.putManifest(
    'app',
    '1',
    toBlob(
      Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: whole.index.mediaType, manifests: [] })),
      whole.index.mediaType,
    ),
    [],
  );
  const gone = referrerOf(whole.images[0].manifest, 'gone');
  const list = {
    schemaVersion: 2,
    mediaType: whole.index.mediaType,
    manifests: [{ mediaType: gone.manifest.mediaType, digest: gone.manifest.digest, size: 1 }],
  };
  from.fail({ match: /GET .*\/referrers\//, act: { kind: 'body', body: Buffer.from(JSON.stringify(list)) } });
  const { code, parts } = await json('copy', `${from.host}/app:amd64`, `${to.host}/app:1`);
  expect(code).toBe(1);
  expect(parts.at(-1)).toMatchObject({ state: 'absent', digest: gone.manifest.digest });
});

test('layers that are not for distribution stay where they are', async () => {
  const [from, to] = [await startRegistry(), await startRegistry()];
  const image = buildImage({ layers: [[{ path: 'a' }]] });
  const text = image.manifest.bytes
    .toString()
    .replaceAll('application/vnd.oci.image.layer.v1.tar', 'application/vnd.oci.image.layer.nondistributable.v1.tar');
  await from.put('app', '1', { ...image, manifest: toBlob(Buffer.from(text), image.manifest.mediaType) });
  to.fail({ match: /PUT .*\/manifests\//, act: { kind: 'status', status: 201 } });
  const { withheld, blobs } = await json('copy', '--only', 'sig', `${from.host}/app:1`, `${to.host}/app:1`);
  expect(withheld).toEqual([image.layers[0]?.digest]);
  expect(blobs.pushed).toBe(1);
});

test('evidence of evidence without end is refused', async () => {
  const registry = await startRegistry();
  let subject = buildImage({ layers: [[{ path: 'a' }]] }).manifest;
  await registry.put('app', '1', buildImage({ layers: [[{ path: 'a' }]] }));
  for (let depth = 0; depth < 10; depth++) {
    const { manifest, blobs } = referrerOf(subject, `depth ${depth}`);
    await registry.putManifest('app', manifest.digest, manifest, blobs);
    subject = manifest;
  }
  expect((await run('copy', `${registry.host}/app:1`, `${registry.host}/b:1`)).stderr).toContain('EVIDENCE_TOO_MUCH');
});

test('under the name cosign its lines are written', async () => {
  const [from, to] = [await source(), await startRegistry()];
  const { code, stdout, stderr } = await run('cosign', 'copy', `${from.host}/app:1`, `${to.host}/app:1`);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  const tag = evidenceTag(whole.index, 'sig');
  const digest = whole.legacy.get(tag)?.manifest.digest;
  expect(stderr).toContain(`Copying ${from.host}/app@${digest} to ${to.host}/app:${tag}...\n`);
  expect(stderr).toContain(`to ${to.host}/app:1...\n`);
  const only = await run('cosign', 'copy', '--only', 'sig', `${from.host}/app:1`, `${to.host}/sig:1`);
  expect(only.stderr).toContain(`to ${to.host}/sig@${whole.index.digest}...\n`);
});
