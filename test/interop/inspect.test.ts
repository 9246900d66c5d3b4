import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startDaemon } from '../../testkit/daemon.ts';
import { startDockerRegistry } from '../../testkit/docker-registry.ts';
import { makeHost } from '../../testkit/host.ts';
import { blobsOf, buildImage, layoutFiles, writeTree } from '../../testkit/image.ts';
import { hasPeer, runPeer } from '../../testkit/peer.ts';

/** What docker's own client and podman say of an image, we say of it. */
const peers = {
  docker: await hasPeer('docker'),
  podman: (await hasPeer('podman')) && (await hasPeer('crane')) && (await hasPeer('docker-registry')),
};

const image = buildImage({
  layers: [[{ path: 'a', content: 'x' }], [{ path: 'b' }]],
  docker: true,
  document: {
    created: '2026-01-02T03:04:05.6Z',
    author: 'me',
    config: {
      Cmd: ['run', '--all'],
      Entrypoint: ['/entry'],
      Env: ['PATH=/bin', 'A=1'],
      Labels: { b: '2', a: '1' },
      ExposedPorts: { '80/tcp': {} },
      User: '1000',
      WorkingDir: '/work',
      StopSignal: 'SIGTERM',
    },
  },
});

interface Said {
  readonly code: number | null;
  readonly stdout: string;
}

async function ours(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Said> {
  const host = makeHost(['inspect', ...args], { environment: { HOME: temporaryDirectory(), ...environment } });
  const code = await runProgram(host);
  return { code, stdout: host.stdout.text() };
}

const templates = [
  '{{.Id}}',
  '{{.Os}}/{{.Architecture}}',
  '{{json .Config.Labels}}',
  '{{.Config.Cmd}} {{.Config.Entrypoint}} {{.Config.User}} {{.Config.WorkingDir}}',
  '{{index .Config.Labels "a"}}{{index .Config.Labels "missing"}}',
  '{{range .Config.Env}}{{println .}}{{end}}',
  '{{range $port, $_ := .Config.ExposedPorts}}{{$port}}{{end}}',
  '{{len .RootFS.Layers}} {{index .RootFS.Layers 0}} {{.RootFS.Type}}',
  '{{join .Config.Cmd " "}} {{upper .Os}} {{json .Config.Env}}',
  '{{.Config.Hostname.Nothing}}',
  '{{index .RootFS.Layers 9}}',
];

test.runIf(peers.docker)("docker's client renders templates as we do", async () => {
  const daemon = await startDaemon([{ image, repoTags: ['app:1'], repoDigests: [] }]);
  const environment = { DOCKER_HOST: daemon.endpoint, DOCKER_CONFIG: temporaryDirectory() };
  for (const template of ['{{.Id}}', '{{.Os}}/{{.Architecture}}', '{{index .RepoTags 0}}', '{{len .RepoTags}}']) {
    const args = ['--format', template, 'app:1'];
    const { code, stdout } = await runPeer('docker', ['image', 'inspect', ...args], { environment });
    expect(await ours(args, environment), template).toEqual({ code, stdout: stdout.toString() });
  }
});

test.runIf(peers.podman)('podman says the same of an image that it pulled', async () => {
  const host = await startDockerRegistry();
  const directory = temporaryDirectory();
  const layout = join(directory, 'layout');
  writeTree(layout, layoutFiles([{ blob: image.manifest }], blobsOf(image)));
  await runPeer('crane', ['push', layout, `${host}/org/app:1`]);
  const storage = ['--root', join(directory, 'root'), '--runroot', join(directory, 'run'), '--storage-driver', 'vfs'];
  const podman = async (...args: string[]): Promise<Said> => {
    const { code, stdout } = await runPeer('podman', [...storage, ...args]);
    return { code, stdout: stdout.toString() };
  };
  const name = `${host}/org/app:1`;
  expect(await podman('pull', '--tls-verify=false', name)).toMatchObject({ code: 0 });
  for (const template of [...templates, '{{index .RepoDigests 0}}', '{{index .RepoTags 0}}']) {
    const mine = await ours(['--format', template, '--image-src', 'remote', name]);
    const real = await podman('image', 'inspect', '--format', template, name);
    expect({ ...mine, code: mine.code === 0 }, template).toEqual({
      code: real.code === 0,
      // podman leaves the algorithm of an id out.
      stdout: template === '{{.Id}}' ? `sha256:${real.stdout}` : real.stdout,
    });
  }
});
