/**
 * Measures push and pull of an image against crane, one after the other in the same run:
 * `npm run bench:registry -- [--image LAYOUT] [--registry HOST] [--runs N]`. LAYOUT is what bench/build-image.ts makes;
 * without it an image of 500 MB is made of random bytes. Without HOST docker-registry is started on this machine.
 * crane must be on PATH, and the program built (`npm run build:cli`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, type Measurement, measure, median } from './measure.ts';

const { values } = parseArgs({
  options: { image: { type: 'string' }, registry: { type: 'string' }, runs: { type: 'string', default: '5' } },
});
const work = mkdtempSync(join(tmpdir(), 'plimsoll-bench-registry-'));
const main = resolve(import.meta.dirname, '../dist/cli/main.js');
const tools = {
  plimsoll: (args: readonly string[]): Command => ({ program: process.execPath, args: [main, 'crane', ...args] }),
  crane: (args: readonly string[]): Command => ({ program: 'crane', args }),
} as const;
type Tool = keyof typeof tools;
const names = Object.keys(tools) as Tool[];
const layerCount = 5;
const layerSize = 100 * 1000 * 1000;

let server: ChildProcess | undefined;
try {
  const layout = values.image === undefined ? makeLayout(join(work, 'layout')) : resolve(values.image);
  const host = values.registry ?? (await startRegistry());
  const measured = { push: emptyResults(), pull: emptyResults() };
  for (let count = 0; count < Number(values.runs); count++) {
    for (const tool of inTurn(count)) {
      const name = `${host}/bench-${process.pid}-${count}-${tool}/app:1`;
      measured.push[tool].push(await measure(tools[tool](['push', layout, name])));
      const tar = join(work, 'pulled.tar');
      measured.pull[tool].push(await measure(tools[tool](['pull', name, tar])));
      rmSync(tar);
    }
  }
  process.stdout.write(
    '| what | plimsoll | crane | ratio | peak of plimsoll | peak of crane |\n| - | - | - | - | - | - |\n',
  );
  for (const [what, results] of Object.entries(measured)) process.stdout.write(formatRow(what, results));
} finally {
  server?.kill();
  rmSync(work, { recursive: true, force: true });
}

function emptyResults(): Record<Tool, Measurement[]> {
  return { plimsoll: [], crane: [] };
}

/** Who comes first finds colder caches. */
function inTurn(count: number): readonly Tool[] {
  return count % 2 === 0 ? names : names.toReversed();
}

function formatRow(what: string, { plimsoll, crane }: Record<Tool, readonly Measurement[]>): string {
  const seconds = (list: readonly Measurement[]): number => median(list.map((one) => one.seconds));
  const peak = (list: readonly Measurement[]): number => Math.max(...list.map((one) => one.peak));
  const ratio = seconds(plimsoll) / seconds(crane);
  const cells = [`${seconds(plimsoll).toFixed(2)} s`, `${seconds(crane).toFixed(2)} s`, ratio.toFixed(2)];
  return `| ${[what, ...cells, `${peak(plimsoll)} MB`, `${peak(crane)} MB`].join(' | ')} |\n`;
}

/** Layers need not be unpacked to be moved, so that random bytes do. */
function makeLayout(root: string): string {
  mkdirSync(join(root, 'blobs/sha256'), { recursive: true });
  const blob = (bytes: Uint8Array, mediaType: string): Record<string, unknown> => {
    const hex = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(root, 'blobs/sha256', hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const json = (value: unknown, mediaType: string): Record<string, unknown> =>
    blob(Buffer.from(JSON.stringify(value)), mediaType);
  const layers = Array.from({ length: layerCount }, () =>
    blob(randomFillSync(Buffer.alloc(layerSize)), 'application/vnd.oci.image.layer.v1.tar+gzip'),
  );
  const rootfs = { type: 'layers', diff_ids: layers.map((layer) => layer['digest']) };
  const document = { architecture: 'amd64', os: 'linux', config: {}, rootfs };
  const config = json(document, 'application/vnd.oci.image.config.v1+json');
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = json({ schemaVersion: 2, mediaType, config, layers }, mediaType);
  writeFileSync(join(root, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(root, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  return root;
}

async function startRegistry(): Promise<string> {
  const port = await freePort();
  const config = join(work, 'config.yml');
  const storage = `storage: { filesystem: { rootdirectory: ${work}/data } }`;
  writeFileSync(config, `version: 0.1\n${storage}\nhttp: { addr: 127.0.0.1:${port} }\nlog: { level: error }\n`);
  server = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  for (let count = 0; count < 100; count++) {
    const up = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    if (up?.ok) return `127.0.0.1:${port}`;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('docker-registry did not start');
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
