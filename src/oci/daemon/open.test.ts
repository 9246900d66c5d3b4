import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certificates } from '../../../testkit/certificates.ts';
import { readAll, temporaryDirectory } from '../../../testkit/context.ts';
import { type DaemonImage, startDaemon } from '../../../testkit/daemon.ts';
import { buildImage } from '../../../testkit/image.ts';
import { parseImageReference } from '../../core/index.ts';
import type { Image } from '../image.ts';
import { parsePlatform } from '../platform.ts';
import { type DaemonImageOptions, openDaemonImage } from './open.ts';

const image = buildImage({ layers: [[{ path: 'a', content: 'x' }], [{ path: 'b' }]] });
const held: DaemonImage = {
  image,
  repoTags: ['app:1', 'r.test/org/app:latest'],
  repoDigests: [`app@${image.manifest.digest}`],
};

async function open(
  name: string,
  environment: Record<string, string>,
  options: Partial<DaemonImageOptions> & { daemon?: 'docker' | 'podman' } = {},
): Promise<Image> {
  const { daemon = 'docker', ...rest } = options;
  return openDaemonImage(daemon, parseImageReference(name), { name, environment, ...rest });
}

test('an image comes with its names and layers, and is saved by its id', async () => {
  const daemon = await startDaemon([held]);
  const opened = await open('app:1', { DOCKER_HOST: daemon.endpoint });
  expect(opened).toMatchObject({
    name: 'app:1',
    id: image.config.digest,
    repoTags: held.repoTags,
    repoDigests: held.repoDigests,
    reference: 'app:1',
  });
  expect(await Promise.all(opened.layers.map((layer) => readAll(layer.open(undefined))))).toEqual(image.tars);
  await opened.close();
  expect(daemon.seen).toEqual(['GET /images/app:1/json', `GET /images/${image.config.digest}/get`]);
});

test.each([
  ['docker.io/library/app:1', 'app:1'],
  ['r.test/org/app', 'r.test/org/app:latest'],
  [`app@${image.manifest.digest}`, `app@${image.manifest.digest}`],
])('%s is asked for as %s', async (name, asked) => {
  const daemon = await startDaemon([held]);
  const opened = await open(name, { DOCKER_HOST: daemon.endpoint });
  await opened.close();
  expect(daemon.seen[0]).toBe(`GET /images/${asked}/json`);
  expect(opened.reference).toBe(asked);
});

test('a daemon that has another platform has no such image', async () => {
  const daemon = await startDaemon([held]);
  const at = (text: string): Promise<Image> =>
    open('app:1', { DOCKER_HOST: daemon.endpoint }, { platform: parsePlatform(text) });
  await (await at('linux/amd64')).close();
  await expect(at('linux/arm64')).rejects.toThrowCode('OCI_PLATFORM_NOT_FOUND');
});

test.each<[string, string, { status: number; body: string | Buffer } | undefined, string]>([
  ['an image that is not there', 'none:1', undefined, 'OCI_DAEMON_NO_IMAGE'],
  ['a failure', 'app:1', { status: 500, body: '{"message":"no\\u001b[31m disk"}' }, 'OCI_DAEMON_FAILED'],
  ['no description', 'app:1', { status: 200, body: '{"Id":"../../x"}' }, 'OCI_DAEMON_FAILED'],
])('%s is a coded error', async (_, name, answer, code) => {
  const daemon = await startDaemon([held], { answer: () => answer });
  await expect(open(name, { DOCKER_HOST: daemon.endpoint })).rejects.toThrowCode(code);
});

test('an archive that is none is a coded error', async () => {
  const body = Buffer.from('no tar at all');
  const answer = (path: string) => (path.endsWith('/get') ? { status: 200, body } : undefined);
  const daemon = await startDaemon([held], { answer });
  await expect(open('app:1', { DOCKER_HOST: daemon.endpoint })).rejects.toThrowCode('OCI_ARCHIVE_INVALID');
});

test.each<[string, string, string]>([
  ['ssh://host', 'docker', 'OCI_DAEMON_ENDPOINT'],
  ['unix://relative', 'docker', 'OCI_DAEMON_ENDPOINT'],
  ['unix:///nowhere/docker.sock', 'docker', 'OCI_DAEMON_ABSENT'],
  ['unix:///nowhere/podman.sock', 'podman', 'OCI_DAEMON_ABSENT'],
])('an address %s of %s is a coded error', async (address, daemon, code) => {
  const environment = { DOCKER_HOST: address, CONTAINER_HOST: address };
  await expect(open('app', environment, { daemon: daemon as 'docker' })).rejects.toThrowCode(code);
});

test('podman is found by CONTAINER_HOST and by the socket of the user', async () => {
  const daemon = await startDaemon([held]);
  await (await open('app:1', { CONTAINER_HOST: daemon.endpoint }, { daemon: 'podman' })).close();
  const opened = open('app:1', { XDG_RUNTIME_DIR: '/nowhere' }, { daemon: 'podman' });
  await expect(opened).rejects.toThrow('/nowhere/podman/podman.sock, /run/podman/podman.sock');
});

test('TCP, with hosts bounded', async () => {
  const daemon = await startDaemon([held], { tcp: {} });
  const environment = { DOCKER_HOST: daemon.endpoint };
  await (await open('app:1', environment)).close();
  const bounded = open('app:1', environment, { allowedHosts: ['other.test'] });
  await expect(bounded).rejects.toThrowCode('NET_HOST_NOT_ALLOWED');
});

/** A directory of certificates as DOCKER_CERT_PATH names it. */
function certificateDirectory(path = temporaryDirectory()): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'ca.pem'), certificates.ca);
  writeFileSync(join(path, 'cert.pem'), certificates.cert);
  writeFileSync(join(path, 'key.pem'), certificates.key);
  return path;
}

test('TLS with certificates on both sides', async () => {
  const { key, cert, ca } = certificates;
  const daemon = await startDaemon([held], { tcp: { key, cert, ca } });
  const environment = { DOCKER_HOST: daemon.endpoint, DOCKER_TLS_VERIFY: '1' };
  await (await open('app:1', { ...environment, DOCKER_CERT_PATH: certificateDirectory() })).close();
  await expect(open('app:1', environment)).rejects.toThrowCode('NET_TLS');
});

test('TLS without checks, when only certificates are given', async () => {
  const { key, cert } = certificates;
  const daemon = await startDaemon([held], { tcp: { key, cert } });
  const path = temporaryDirectory();
  await (await open('app:1', { DOCKER_HOST: daemon.endpoint, DOCKER_CERT_PATH: path })).close();
  await expect(open('app:1', { DOCKER_HOST: daemon.endpoint, DOCKER_TLS_VERIFY: '1' })).rejects.toThrowCode('NET_TLS');
});

/** A directory of docker's configuration with a context. */
function contextDirectory(name: string, docker: Record<string, unknown>, hasTls = false): string {
  const directory = temporaryDirectory();
  const id = createHash('sha256').update(name).digest('hex');
  mkdirSync(join(directory, 'contexts/meta', id), { recursive: true });
  writeFileSync(
    join(directory, 'contexts/meta', id, 'meta.json'),
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }),
  );
  if (hasTls) certificateDirectory(join(directory, 'contexts/tls', id, 'docker'));
  return directory;
}

test('the context in use, by configuration or environment, unless DOCKER_HOST says otherwise', async () => {
  const daemon = await startDaemon([held]);
  const directory = contextDirectory('work', { Host: daemon.endpoint });
  await (await open('app:1', { DOCKER_CONFIG: directory, DOCKER_CONTEXT: 'work' })).close();
  const missing = open('app:1', { DOCKER_CONFIG: directory, DOCKER_CONTEXT: 'other' });
  await expect(missing).rejects.toThrowCode('OCI_DAEMON_ENDPOINT');
  writeFileSync(join(directory, 'config.json'), '{"currentContext":"work"}');
  await (await open('app:1', { DOCKER_CONFIG: directory })).close();
  const host = open('app:1', { DOCKER_CONFIG: directory, DOCKER_HOST: 'unix:///nowhere' });
  await expect(host).rejects.toThrowCode('OCI_DAEMON_ABSENT');
});

test('a context with TLS', async () => {
  const { key, cert, ca } = certificates;
  const daemon = await startDaemon([held], { tcp: { key, cert, ca } });
  const checked = contextDirectory('tls', { Host: daemon.endpoint }, true);
  await (await open('app:1', { DOCKER_CONFIG: checked, DOCKER_CONTEXT: 'tls' })).close();
  const unchecked = contextDirectory('tls', { Host: daemon.endpoint, SkipTLSVerify: true }, true);
  await (await open('app:1', { DOCKER_CONFIG: unchecked, DOCKER_CONTEXT: 'tls' })).close();
});
