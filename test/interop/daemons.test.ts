import { execFile, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { openImagePath } from '../../src/oci/index.ts';
import { imageSources, openImage } from '../../src/targets/index.ts';
import { readAll, temporaryDirectory } from '../../testkit/context.ts';
import { startDaemon } from '../../testkit/daemon.ts';
import { buildImage, dockerArchiveFiles } from '../../testkit/image.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { buildTar } from '../../testkit/tar.ts';

const run = promisify(execFile);

const peers = { docker: await hasPeer('docker'), podman: await hasPeer('podman') };
const image = buildImage({ layers: [[{ path: 'a', content: 'x'.repeat(100_000) }], [{ path: 'b' }]], docker: true });
const unasked = async (): Promise<never> => expect.fail('no registry is to be asked');

test.runIf(peers.docker)("the test daemon speaks what docker's client expects", async () => {
  const daemon = await startDaemon([{ image, repoTags: ['app:1'], repoDigests: [] }]);
  const docker = async (...words: string[]): Promise<string> => {
    const environment = { ...process.env, DOCKER_HOST: daemon.endpoint, DOCKER_CONFIG: temporaryDirectory() };
    return (await run('docker', words, { env: environment })).stdout.trim();
  };
  expect(await docker('images', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}')).toBe(
    `app:1 ${image.config.digest}`,
  );
  expect(await docker('image', 'inspect', 'app:1', '--format', '{{.Id}} {{.Os}}/{{.Architecture}}')).toBe(
    `${image.config.digest} linux/amd64`,
  );
  const path = join(temporaryDirectory(), 'saved.tar');
  await docker('save', '-o', path, 'app:1');
  const saved = await openImagePath(path);
  expect(saved).toMatchObject({ id: image.config.digest, repoTags: ['app:1'] });
  await saved.close();
  await expect(docker('image', 'inspect', 'none:1')).rejects.toThrow('No such image: none:1');
});

test.runIf(peers.docker)("docker's own context leads to the daemon", async () => {
  const daemon = await startDaemon([{ image, repoTags: ['app:1'] }]);
  const directory = temporaryDirectory();
  const env = { ...process.env, DOCKER_CONFIG: directory };
  await run('docker', ['context', 'create', 'work', '--docker', `host=${daemon.endpoint}`], { env });
  await run('docker', ['context', 'use', 'work'], { env });
  const context = { registry: unasked, daemons: { environment: { DOCKER_CONFIG: directory } } };
  const opened = await openImage({ kind: 'reference', reference: 'app:1', sources: ['docker'] }, context);
  expect(opened.id).toBe(image.config.digest);
  await opened.close();
});

/** podman's service on a socket of its own, or why it does not start here. */
async function startPodman(): Promise<{ socket: string; podman: (...words: string[]) => Promise<string> } | string> {
  const root = temporaryDirectory();
  const socket = join(root, 'podman.sock');
  const storage = ['--root', join(root, 'root'), '--runroot', join(root, 'run'), '--storage-driver', 'vfs'];
  const words = [...storage, '--cgroup-manager', 'cgroupfs'];
  const child = spawn('podman', [...words, 'system', 'service', '--time', '120', `unix://${socket}`]);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  onTestFinished(() => void child.kill());
  for (let count = 0; count < 200 && !existsSync(socket); count++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!existsSync(socket)) return said;
  return { socket, podman: async (...more) => (await run('podman', [...words, ...more])).stdout.trim() };
}

test.runIf(peers.podman)("podman's service gives its images", async (context) => {
  const started = await startPodman();
  if (typeof started === 'string') {
    const reason = `podman's service does not start here: ${started}`;
    if (process.env['REQUIRE_PEERS'] === '1') expect.fail(reason);
    return context.skip(reason);
  }
  const { socket, podman } = started;
  const archive = join(temporaryDirectory(), 'image.tar');
  writeFileSync(archive, buildTar(dockerArchiveFiles([{ image, repoTags: ['docker.io/library/app:1'] }])));
  await podman('load', '-i', archive);
  for (const reference of ['app:1', 'docker.io/library/app:1']) {
    const daemons = { environment: { CONTAINER_HOST: `unix://${socket}`, DOCKER_HOST: 'unix:///nowhere' } };
    const target = { kind: 'reference' as const, reference, sources: imageSources };
    const opened = await openImage(target, { registry: unasked, daemons });
    expect(opened.id).toBe(image.config.digest);
    const layers = await Promise.all(opened.layers.map((layer) => readAll(layer.open(undefined))));
    expect(layers).toEqual(image.tars);
    await opened.close();
  }
  const daemons = { environment: { DOCKER_HOST: `unix://${socket}` } };
  const asDocker = { kind: 'reference' as const, reference: 'app:1', sources: ['docker' as const] };
  await (await openImage(asDocker, { registry: unasked, daemons })).close();
});
