import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { blobsOf, buildImage, buildIndex, dockerArchiveFiles, layoutFiles, writeTree } from '../../testkit/image.ts';
import { hasPeer, runPeer } from '../../testkit/peer.ts';
import { awaitServed } from '../../testkit/served.ts';
import { buildTar } from '../../testkit/tar.ts';

const peers = {
  crane: await hasPeer('crane'),
  skopeo: await hasPeer('skopeo'),
  cosign: await hasPeer('cosign'),
  podman: await hasPeer('podman'),
};
const main = join(import.meta.dirname, '../../src/cli/main.ts');

const images = ['amd64', 'arm64'].map((architecture) =>
  buildImage({
    architecture,
    layers: [[{ path: 'shared', content: 'x'.repeat(300_000) }], [{ path: architecture, content: architecture }]],
  }),
);
const [image] = images as [(typeof images)[0]];
const index = buildIndex(images);
const everything = [index, ...images.flatMap(blobsOf)];

interface Place {
  readonly host: string;
  /** Flags that let skopeo talk to it, for one side: `src` or `dest`, or none for a command with one image. */
  readonly skopeo: (side?: string) => string[];
  /** Logins and certificates, as the programs look for them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs our program as users do; the peers see nothing but its address. */
async function serve(args: readonly string[]): Promise<string> {
  const words = [main, 'registry', 'serve', '--address', '127.0.0.1:0', ...args];
  return (await awaitServed(spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] }))).host;
}

const tlsFlag = (side = '') => `--${side}${side === '' ? '' : '-'}tls-verify=false`;

async function plain(args: readonly string[]): Promise<Place> {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'config.json'), '{}');
  return { host: await serve(args), skopeo: (side) => [tlsFlag(side)], environment: { DOCKER_CONFIG: directory } };
}

async function guarded(): Promise<Place> {
  const directory = temporaryDirectory();
  const files = {
    'ca.crt': certificates.ca,
    'cert.pem': certificates.cert,
    'key.pem': certificates.key,
    users: `me:${hashSync('hunter2', 5)}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const at = (name: string): string => join(directory, name);
  const tls = ['--tls-cert', at('cert.pem'), '--tls-key', at('key.pem'), '--htpasswd', at('users')];
  const host = await serve(['--disk', at('registry'), ...tls]);
  const auths = { [host]: { auth: Buffer.from('me:hunter2').toString('base64') } };
  writeFileSync(at('config.json'), JSON.stringify({ auths }));
  return {
    host,
    skopeo: () => [],
    environment: { DOCKER_CONFIG: directory, REGISTRY_AUTH_FILE: at('config.json'), SSL_CERT_FILE: at('ca.crt') },
  };
}

const kinds: readonly (readonly [string, () => Promise<Place>])[] = [
  ['in memory', () => plain([])],
  ['on disk', () => plain(['--disk', temporaryDirectory()])],
  ['with TLS and a login', guarded],
];

describe.each(kinds)('%s', (_, open) => {
  let place: Place;

  beforeEach(async () => {
    place = await open();
  });

  async function run(program: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runPeer(program, args, { environment: place.environment });
    if (code !== 0) expect.fail(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout.toString();
  }

  test.runIf(peers.crane)('crane pushes, copies, tags, lists, pulls and deletes, byte for byte', async () => {
    const crane = (...args: string[]) => run('crane', ...args);
    const app = `${place.host}/org/app`;
    await crane('push', layout(), `${app}:1`);
    expect(await crane('manifest', `${app}:1`)).toBe(index.bytes.toString());
    expect((await crane('digest', `${app}:1`)).trim()).toBe(index.digest);
    expect((await crane('digest', '--platform', 'linux/amd64', `${app}:1`)).trim()).toBe(image.manifest.digest);
    expect(await crane('config', '--platform', 'linux/amd64', `${app}:1`)).toBe(image.config.bytes.toString());
    await crane('copy', `${app}:1`, `${place.host}/other/app:2`);
    await crane('tag', `${place.host}/other/app:2`, 'three');
    expect(await crane('ls', `${place.host}/other/app`)).toBe('2\nthree\n');
    expect(await crane('catalog', place.host)).toBe('org/app\nother/app\n');
    await crane('validate', '--remote', `${place.host}/other/app:three`);
    const pulled = temporaryDirectory();
    await crane('pull', '--format', 'oci', `${place.host}/other/app:2`, pulled);
    for (const { digest, bytes } of everything) {
      expect(readFileSync(join(pulled, 'blobs', digest.replace(':', '/'))).equals(bytes)).toBe(true);
    }
    const [layer] = image.layers;
    expect(
      (await runPeer('crane', ['blob', `${app}@${layer?.digest}`], place)).stdout.equals(
        layer?.bytes ?? Buffer.alloc(1),
      ),
    ).toBe(true);
    await crane('delete', `${app}:1`);
    await crane('delete', `${place.host}/other/app@${index.digest}`);
    expect((await runPeer('crane', ['digest', `${app}:1`], place)).stderr).toContain('MANIFEST_UNKNOWN');
    expect(await crane('ls', `${place.host}/other/app`)).toBe('');
  });

  test.runIf(peers.crane)('crane mutates, appends to and flattens what it pushed', async () => {
    const crane = (...args: string[]) => run('crane', ...args);
    const app = `${place.host}/app`;
    await crane('push', layout(), `${app}:1`);
    const layer = join(temporaryDirectory(), 'layer.tar');
    writeFileSync(layer, image.tars[1] ?? '');
    await crane('append', '--platform', 'linux/amd64', '-b', `${app}:1`, '-f', layer, '-t', `${app}:2`);
    await crane('mutate', '--label', 'a=b', `${app}:2`, '-t', `${app}:3`);
    await crane('flatten', `${app}:3`, '-t', `${app}:4`);
    await crane('validate', '--remote', `${app}:4`);
    expect(JSON.parse(await crane('config', `${app}:4`)).config.Labels).toEqual({ a: 'b' });
  });

  test.runIf(peers.skopeo)('skopeo copies in, across and out, inspects, lists and deletes', async () => {
    const skopeo = (...args: string[]) => run('skopeo', ...args);
    const { host } = place;
    const [source, target, alone] = [place.skopeo('src'), place.skopeo('dest'), place.skopeo()];
    await skopeo('copy', '--all', '--preserve-digests', ...target, `oci:${layout()}`, `docker://${host}/org/app:1`);
    expect(await skopeo('inspect', '--raw', ...alone, `docker://${host}/org/app:1`)).toBe(index.bytes.toString());
    const across = [`docker://${host}/org/app:1`, `docker://${host}/org/copy:2`];
    await skopeo('copy', '--all', '--preserve-digests', ...source, ...target, ...across);
    const listed = JSON.parse(await skopeo('list-tags', ...alone, `docker://${host}/org/copy`));
    expect(listed.Tags).toEqual(['2']);
    const out = temporaryDirectory();
    await skopeo('copy', '--all', '--preserve-digests', ...source, `docker://${host}/org/copy:2`, `oci:${out}:2`);
    for (const { digest, bytes } of everything) {
      expect(readFileSync(join(out, 'blobs', digest.replace(':', '/'))).equals(bytes)).toBe(true);
    }
    // Docker's formats, with layers that skopeo packs anew.
    const docker = ['--format', 'v2s2', '--override-arch', 'amd64', '--override-os', 'linux'];
    await skopeo('copy', ...docker, ...source, ...target, `docker://${host}/org/app:1`, `docker://${host}/docker:1`);
    const raw = JSON.parse(await skopeo('inspect', '--raw', ...alone, `docker://${host}/docker:1`));
    expect(raw.mediaType).toBe('application/vnd.docker.distribution.manifest.v2+json');
    await skopeo('delete', ...alone, `docker://${host}/org/copy:2`);
    expect((await runPeer('skopeo', ['inspect', ...alone, `docker://${host}/org/copy:2`], place)).code).toBe(1);
  });

  test.runIf(peers.podman)('podman pushes what it loaded, and pulls it again', async () => {
    const root = temporaryDirectory();
    const own = ['--root', join(root, 'root'), '--runroot', join(root, 'run'), '--storage-driver', 'vfs'];
    const podman = (...args: string[]) => run('podman', ...own, '--cgroup-manager', 'cgroupfs', ...args);
    const archive = join(root, 'image.tar');
    writeFileSync(archive, buildTar(dockerArchiveFiles([{ image, repoTags: ['docker.io/library/app:1'] }])));
    await podman('load', '--input', archive);
    const id = image.config.digest.replace('sha256:', '');
    const name = `${place.host}/pod/app:1`;
    await podman('push', ...place.skopeo(), 'docker.io/library/app:1', name);
    await podman('rmi', '--all', '--force');
    expect((await podman('pull', '--quiet', ...place.skopeo(), name)).trim()).toBe(id);
  });

  test.runIf(peers.cosign && peers.crane)('cosign signs, attests and verifies what is there', async () => {
    const app = `${place.host}/org/app`;
    await run('crane', 'push', layout(), `${app}:1`);
    const directory = temporaryDirectory();
    const at = (name: string): string => join(directory, name);
    const environment = { ...place.environment, HOME: directory, COSIGN_PASSWORD: 'secret' };
    const cosign = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await runPeer('cosign', args, { environment, cwd: directory });
      if (code !== 0) expect.fail(`cosign ${args.join(' ')} ended with ${code}: ${stderr}`);
      return stdout.toString();
    };
    writeFileSync(at('predicate.json'), '{"builtBy":"tests"}');
    await cosign('generate-key-pair');
    const name = `${app}@${index.digest}`;
    await cosign('signing-config', 'create', '--out', 'none.json');
    const unlogged = ['--key', 'cosign.key', '--signing-config', 'none.json', '-y'];
    await cosign('sign', ...unlogged, name);
    await cosign('attest', ...unlogged, '--predicate', 'predicate.json', '--type', 'custom', name);
    const trust = ['--key', 'cosign.pub', '--insecure-ignore-tlog=true'];
    expect(await cosign('verify', ...trust, name)).toContain(index.digest);
    await cosign('verify-attestation', ...trust, '--type', 'custom', name);
    expect(await cosign('tree', name)).toContain(index.digest);
    // The bundles of today are referrers; no tag stands for them.
    expect(await run('crane', 'ls', app)).toBe('1\n');
  });
});

/** A layout with an index of two images. */
function layout(): string {
  const path = temporaryDirectory();
  writeTree(path, layoutFiles([{ blob: index }], everything));
  return path;
}
