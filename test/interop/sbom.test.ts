import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { makeContext, scanImage, scanSbom } from '../../src/app/index.ts';
import { ecosystems } from '../../src/ecosystems/registry.ts';
import type { Report } from '../../src/reports/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import { loadSbomWriter, readBom, toInventory } from '../../src/sbom/operations.ts';
import { sbomFormats } from '../../src/sbom/registry.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { blobsOf, buildImage, layoutFiles, writeTree } from '../../testkit/image.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { makeFullBom } from '../../testkit/sbom.ts';

const run = promisify(execFile);
/** Of Go, but for `pyspdxtools`, which is the validator of the SPDX project (`spdx-tools` of PyPI). */
const peers = {
  syft: await hasPeer('syft'),
  grype: await hasPeer('grype'),
  cosign: await hasPeer('cosign'),
  spdx: await hasPeer('pyspdxtools'),
};

/** Runs a peer that asks nothing of the network and keeps nothing in the home directory. */
function runPeer(
  program: string,
  args: readonly string[],
  home = temporaryDirectory(),
): Promise<{ stdout: string; stderr: string }> {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    SYFT_CHECK_FOR_APP_UPDATE: 'false',
    GRYPE_CHECK_FOR_APP_UPDATE: 'false',
    GRYPE_DB_AUTO_UPDATE: 'false',
    GRYPE_DB_CACHE_DIR: join(home, 'grype'),
    COSIGN_PASSWORD: 'secret',
  };
  return run(program, [...args], { env, cwd: home });
}

const image = buildImage({
  layers: [
    [
      { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID=12\n' },
      {
        path: 'var/lib/dpkg/status',
        content: [
          'Package: libfoo1\nStatus: install ok installed\nArchitecture: amd64\nSource: foo (1:2.0-1)\nVersion: 1:2.0-1+b1\nMaintainer: A <a@example.org>\n',
          'Package: bar\nStatus: install ok installed\nArchitecture: all\nVersion: 3.1\nDepends: libfoo1\n',
        ].join('\n'),
      },
    ],
    [
      {
        path: 'app/node_modules/@scope/left/package.json',
        content: '{"name":"@scope/left","version":"1.0.0","license":"MIT"}',
      },
      { path: 'app/node_modules/left/package.json', content: '{"name":"left","version":"2.0.0"}' },
      {
        path: 'usr/lib/python3/dist-packages/Something-1.5.dist-info/METADATA',
        content: 'Metadata-Version: 2.1\nName: something\nVersion: 1.5\n',
      },
    ],
  ],
});
const packages = ['@scope/left 1.0.0', 'bar 3.1', 'left 2.0.0', 'libfoo1 1:2.0-1+b1', 'something 1.5'];

function writeLayout(): string {
  const directory = temporaryDirectory();
  writeTree(directory, layoutFiles([{ blob: image.manifest, ref: 'latest' }], blobsOf(image)));
  return directory;
}

async function scan(): Promise<Report> {
  const context = makeContext({ cacheDir: temporaryDirectory() });
  return scanImage({ image: { kind: 'archive', path: writeLayout() }, scanners: [] }, context);
}

/** Our SBOM of the image, in a file. */
async function writeSbom(format: string, specVersion: string): Promise<string> {
  const render = await reportFormats.get(format)?.load();
  const options = {
    dialect: 'plimsoll',
    programVersion: '0.0.0',
    listPackages: true,
    colour: false,
    specVersion,
  } as const;
  const rendered = render?.(await scan(), options) ?? '';
  const path = join(temporaryDirectory(), 'sbom');
  writeFileSync(path, typeof rendered === 'string' ? rendered : [...rendered].join(''));
  return path;
}

const written = sbomFormats.all.flatMap(({ id, writes }) => writes.map((version) => [id, version] as const));

test.runIf(peers.syft).each(['cyclonedx-json', 'cyclonedx-xml', 'spdx-json', 'spdx-tag-value', 'spdx-json@2.2'])(
  "Syft's %s is read with no package lost",
  async (format) => {
    const path = join(temporaryDirectory(), 'sbom');
    await runPeer('syft', ['scan', `oci-dir:${writeLayout()}`, '-q', '-o', `${format}=${path}`]);
    const { os, systemPackages, applications, coverage } = toInventory(
      await readBom(readFileSync(path)),
      ecosystems.all,
    );
    const found = [...systemPackages, ...applications.flatMap((application) => application.packages)];
    const shown = found.map(({ name, epoch, version, release }) => {
      return `${name} ${epoch ? `${epoch}:` : ''}${version}${release === undefined ? '' : `-${release}`}`;
    });
    expect(shown.sort()).toEqual(packages);
    expect(os).toEqual({ family: 'debian', name: '12' });
    expect(systemPackages.find(({ name }) => name === 'libfoo1')?.source).toMatchObject({
      name: 'foo',
      version: '2.0',
      epoch: 1,
    });
    expect(coverage.notes).toEqual([]);
  },
);

test.runIf(peers.syft).each(written)('Syft reads our %s %s with no package lost', async (format, version) => {
  const path = await writeSbom(format, version);
  const { stdout } = await runPeer('syft', ['convert', path, '-q', '-o', 'json']);
  const read: {
    artifacts: { name: string; version: string; type: string }[];
    distro?: { id?: string; versionID?: string };
  } = JSON.parse(stdout);
  const shown = read.artifacts.filter(({ type }) => type !== '').map((one) => `${one.name} ${one.version}`);
  expect(shown.sort()).toEqual(packages.map((text) => text.replace('@scope/left', expectScope(read.artifacts))).sort());
  expect(read.distro).toMatchObject({ id: 'debian', versionID: '12' });
});

/** Syft joins groups and names in CycloneDX, or leaves the group in the package URL alone. */
function expectScope(artifacts: readonly { readonly name: string }[]): string {
  return artifacts.some(({ name }) => name === '@scope/left') ? '@scope/left' : 'left';
}

test.runIf(peers.grype).each(written)('Grype reads our %s %s, and lacks but its database', async (format, version) => {
  const path = await writeSbom(format, version);
  const failed = await runPeer('grype', [`sbom:${path}`]).then(
    () => '',
    (error: { stderr: string; stdout: string }) => error.stderr + error.stdout,
  );
  expect(failed).toContain('failed to load vulnerability db');
  expect(failed).not.toContain('failed to catalog');
});

test.runIf(peers.grype)('Grype would say so if it could not', async () => {
  const path = join(temporaryDirectory(), 'sbom');
  writeFileSync(path, '{"bomFormat":"moon"}');
  await expect(runPeer('grype', [`sbom:${path}`])).rejects.toMatchObject({
    stderr: expect.stringContaining('failed to catalog'),
  });
});

test.runIf(peers.spdx).each([
  ['spdx', 'sbom.spdx'],
  ['spdx-json', 'sbom.spdx.json'],
] as const)("SPDX's own validator finds nothing wrong with our %s", async (format, name) => {
  const write = await loadSbomWriter(format);
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, write(makeFullBom(), undefined));
  await runPeer('pyspdxtools', ['--infile', path]);
  writeFileSync(path, write(makeFullBom(), undefined).replaceAll('NOASSERTION', 'nothing known'));
  await expect(runPeer('pyspdxtools', ['--infile', path])).rejects.toThrow();
});

describe.runIf(peers.cosign)('what cosign puts beside an image is found', () => {
  /** The image in a registry, and what to give cosign: a key, and a way without a transparency log. */
  async function prepare(): Promise<{ reference: string; home: string; sbom: string; sign: readonly string[] }> {
    const registry = await startRegistry();
    await registry.put('app', '1', image);
    const home = temporaryDirectory();
    await runPeer('cosign', ['generate-key-pair'], home);
    await runPeer('cosign', ['signing-config', 'create', '--out', 'config.json'], home);
    const sign = ['--key', 'cosign.key', '--signing-config', 'config.json', '--yes', '--allow-http-registry'];
    return { reference: `${registry.host}/app:1`, home, sbom: await writeSbom('cyclonedx', '1.6'), sign };
  }

  async function found(reference: string): Promise<{ packages: number; notes: string[] }> {
    const context = makeContext({ cacheDir: temporaryDirectory() });
    const sbom = { kind: 'attached', name: 'x', image: reference } as const;
    const { results, coverage } = await scanSbom({ sbom, scanners: [] }, context);
    return {
      packages: results.flatMap((result) => result.packages).length,
      notes: coverage.notes.map(({ code }) => code),
    };
  }

  test('an attestation in a bundle', async () => {
    const { reference, home, sbom, sign } = await prepare();
    await runPeer('cosign', ['attest', ...sign, '--type', 'cyclonedx', '--predicate', sbom, reference], home);
    expect(await found(reference)).toEqual({ packages: packages.length, notes: ['sbom-unverified'] });
  });

  test('an SBOM under a tag', async () => {
    const { reference, home, sbom } = await prepare();
    const flags = ['--allow-http-registry', '--type', 'cyclonedx', '--input-format', 'json', '--sbom', sbom];
    await runPeer('cosign', ['attach', 'sbom', ...flags, reference], home);
    expect(await found(reference)).toEqual({ packages: packages.length, notes: ['sbom-unverified'] });
  });
});
