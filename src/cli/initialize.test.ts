import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { startHttp } from '../../testkit/server.ts';
import { bundleManifest } from '../../testkit/sigstore/attach.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
import { makeStack, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
import { makeTufRepository, type TestTufRepository } from '../../testkit/sigstore/tuf.ts';
import { formatBundle } from '../envelope/index.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const artifact = Buffer.from('the artifact');
const who = ['--certificate-identity', 'user@example.com', '--certificate-oidc-issuer', 'https://issuer.example.com'];

async function run(home: string, args: readonly string[], environment: Record<string, string> = {}) {
  const host = makeHost(args, { environment: { HOME: home, ...environment } });
  const code = await runProgram(host);
  return { code, stdout: host.stdout.text(), stderr: host.stderr.text() };
}

function keys(options: Parameters<typeof makeTufRepository>[1] = {}): TestTufRepository {
  const signing = '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json"}';
  return makeTufRepository({ 'trusted_root.json': stack.trustedRoot(), 'signing_config.v0.2.json': signing }, options);
}

async function mirrorOf(repository: TestTufRepository): Promise<string> {
  return `http://${await startHttp(listen([repository.service('/tuf/')], []))}/tuf`;
}

/** A home directory with the first root, an artifact and its bundle. */
function home(repository: TestTufRepository) {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('root.json'), repository.root);
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('bundle.json'), formatBundle(signBundle(stack, { artifact, content: 'message' }).bundle));
  const verify = ['verify-blob', '--bundle', at('bundle.json'), ...who, at('artifact')];
  return { directory, at, verify };
}

test('keys of a mirror are fetched once, and then trusted without the network', async () => {
  const repository = keys();
  const { directory, at, verify } = home(repository);
  expect((await run(directory, verify)).code).toBe(1);
  const mirror = await mirrorOf(repository);
  const { code, stdout } = await run(directory, ['initialize', '--mirror', mirror, '--root', at('root.json')]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `${at('.sigstore/root')}: trusted_root.json, signing_config.v0.2.json of ${mirror}\n`,
  });
  const name = mirror.replace('http://', '').replace(/[/:]/g, '-');
  for (const file of ['root.json', 'timestamp.json', 'snapshot.json', 'targets.json', 'targets/trusted_root.json']) {
    expect(existsSync(at(`.sigstore/root/${name}/${file}`))).toBe(true);
  }
  expect(JSON.parse(readFileSync(at('.sigstore/root/remote.json'), 'utf8'))).toEqual({ mirror });
  expect(JSON.parse(readFileSync(at(`.sigstore/root/${name}.json`), 'utf8'))).toHaveProperty('lastTimestamp');
  expect(await run(directory, verify)).toMatchObject({ code: 0, stderr: 'Verified OK\n' });
  const elsewhere = await run(directory, verify, { TUF_MIRROR: 'http://other.example.com' });
  expect(elsewhere.stderr).toContain('TRUST_TUF_INVALID');
  expect((await run(directory, verify, { TUF_ROOT: at('none') })).code).toBe(1);
});

test('a mirror may be a directory', async () => {
  const repository = keys();
  const { directory, at, verify } = home(repository);
  for (const [name, bytes] of repository.files) {
    mkdirSync(dirname(at(`tuf/${name}`)), { recursive: true });
    writeFileSync(at(`tuf/${name}`), bytes);
  }
  const words = ['cosign', 'initialize', '--mirror', `file://${at('tuf')}`, '--root', `file://${at('root.json')}`];
  expect(await run(directory, words, { TUF_ROOT: at('keys') })).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await run(directory, verify, { TUF_ROOT: at('keys') })).toMatchObject({ code: 0 });
});

test('the first root must be given, and be what its checksum says', async () => {
  const repository = keys();
  const { directory, at } = home(repository);
  const mirror = await mirrorOf(repository);
  const initialize = (...flags: string[]) => run(directory, ['initialize', '--mirror', mirror, ...flags]);
  expect((await initialize()).stderr).toContain('TRUST_TUF_ROOT');
  expect((await initialize('--root', at('root.json'), '--root-checksum', '00')).stderr).toContain('TRUST_TUF_ROOT');
  const sum = (name: string) => createHash(name).update(repository.root).digest('hex');
  for (const checksum of [sum('sha256'), `sha512:${sum('sha512')}`]) {
    expect((await initialize('--root', `${mirror}/1.root.json`, '--root-checksum', checksum)).code).toBe(0);
  }
  const unchecked = await initialize('--root', `${mirror}/1.root.json`);
  expect(unchecked.stderr).toContain('WARNING: Fetching initial root from URL');
  expect((await initialize('--root', `${mirror}/none.json`)).stderr).toContain('TRUST_TUF_ROOT');
  expect((await run(directory, ['initialize', '--staging'])).stderr).toContain('TRUST_TUF_ROOT');
});

test.each<[string, (repository: TestTufRepository) => TestTufRepository]>([
  ['signed by somebody else', () => keys()],
  ['expired', ({ key }) => keys({ key, expires: new Date(0) })],
  ['without a trusted root', ({ key }) => makeTufRepository({ other: 'x' }, { key })],
])('keys that are %s are refused, and those of before stay', async (_, other) => {
  const repository = keys();
  const { directory, at, verify } = home(repository);
  let served = repository;
  const service = (request: Parameters<ReturnType<TestTufRepository['service']>>[0]) =>
    served.service('/tuf/')(request);
  const mirror = `http://${await startHttp(listen([service], []))}/tuf`;
  const words = ['initialize', '--mirror', mirror, '--root', at('root.json')];
  expect((await run(directory, words)).code).toBe(0);
  served = other(repository);
  expect((await run(directory, words)).stderr).toContain('TRUST_TUF_FAILED');
  expect(await run(directory, verify)).toMatchObject({ code: 0 });
});

test('a changed target is fetched again, and never used', async () => {
  const repository = keys();
  const { directory, at, verify } = home(repository);
  const mirror = await mirrorOf(repository);
  await run(directory, ['initialize', '--mirror', mirror, '--root', at('root.json')], { TUF_ROOT: at('keys') });
  const name = mirror.replace('http://', '').replace(/[/:]/g, '-');
  writeFileSync(at(`keys/${name}/targets/trusted_root.json`), makeStack().trustedRoot());
  expect((await run(directory, verify, { TUF_ROOT: at('keys') })).stderr).toContain('TRUST_TUF_FAILED');
  writeFileSync(at('keys/remote.json'), '{}');
  expect((await run(directory, verify, { TUF_ROOT: at('keys') })).stderr).toContain('TRUST_TUF_INVALID');
  writeFileSync(at('keys/remote.json'), 'no JSON');
  expect((await run(directory, verify, { TUF_ROOT: at('keys') })).stderr).toContain('TRUST_TUF_INVALID');
});

test('keys that have expired are fetched anew for an image, and refused for a file', async () => {
  const first = keys({ expires: new Date(Date.now() + 60_000) });
  const { directory, at, verify } = home(first);
  let served = first;
  const service = (request: Parameters<ReturnType<TestTufRepository['service']>>[0]) =>
    served.service('/tuf/')(request);
  const mirror = `http://${await startHttp(listen([service], []))}/tuf`;
  expect((await run(directory, ['initialize', '--mirror', mirror, '--root', at('root.json')])).code).toBe(0);
  served = keys({ key: first.key, version: 2 });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect((await run(directory, verify)).stderr).toContain('TRUST_TUF_FAILED');
  const registry = await startRegistry();
  const image = buildImage({ layers: [[{ path: 'a' }]] });
  await registry.put('app', '1', image);
  const statement = statementAbout(image.manifest.bytes, { predicateType: 'https://sigstore.dev/cosign/sign/v1' });
  const { bundle } = signBundle(stack, { artifact: image.manifest.bytes, content: 'statement', statement });
  const { manifest, blobs } = bundleManifest(image.manifest, bundle);
  await registry.putManifest('app', manifest.digest, manifest, blobs);
  expect(await run(directory, ['verify', ...who, `${registry.host}/app:1`])).toMatchObject({ code: 0 });
  expect(await run(directory, verify)).toMatchObject({ code: 0 });
});

test('the cached keys of the public instance make way for those that are brought along when they are not fresh', async () => {
  const repository = keys();
  const { directory, at, verify } = home(repository);
  const cache = at('.sigstore/root');
  mkdirSync(join(cache, 'tuf-repo-cdn.sigstore.dev'), { recursive: true });
  writeFileSync(join(cache, 'remote.json'), '{"mirror":"https://tuf-repo-cdn.sigstore.dev"}');
  writeFileSync(join(cache, 'tuf-repo-cdn.sigstore.dev/root.json'), repository.root);
  const { code, stderr } = await run(directory, verify);
  expect(code).toBe(1);
  expect(stderr).toContain('The cached keys of Sigstore are not fresh');
  expect(stderr).toContain('VERIFY_');
});
