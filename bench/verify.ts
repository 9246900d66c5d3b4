/**
 * Measures verification by key: `npm run bench:verify -- [--registry HOST] [--images N] [--runs N]`. HOST is a registry on
 * this machine that takes pushes without a login; without one, `plimsoll registry serve` runs in a process of its own.
 * Distinct images are pushed there and signed; then one process verifies each of them once, and the commands of Plimsoll and of
 * cosign, when it is on PATH, are run one after the other.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mapPooled } from '../src/kit/pool.ts';
import { makeContext } from '../src/scan.ts';
import { verifyImage } from '../src/verify.ts';
import { type BuiltBlob, buildImage } from '../testkit/image.ts';
import { type EvidenceManifest, legacyManifest, legacyTag } from '../testkit/sigstore/attach.ts';
import { makeKey } from '../testkit/sigstore/keys.ts';
import { simpleSigning } from '../testkit/sigstore/legacy.ts';
import { type Command, measure, median } from './measure.ts';

const { values } = parseArgs({
  options: {
    registry: { type: 'string' },
    images: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '20' },
  },
});
const bin = join(import.meta.dirname, '../bin/plimsoll.js');
const repository = `bench-verify-${process.pid}`;
const directory = mkdtempSync(join(tmpdir(), 'plimsoll-bench-verify-'));
const keyPath = join(directory, 'cosign.pub');
/** Blobs by digest; registries do not all bear that two clients push the same at once. */
const pushes = new Map<string, Promise<void>>();
let server: ChildProcess | undefined;
let host = values.registry ?? '';

try {
  if (host === '') host = await startRegistry();
  const key = makeKey();
  writeFileSync(keyPath, key.pem);
  const names = await pushSigned(Number(values.images), key.sign);
  const throughput = await verifyAll(names);
  const starts = await measureStarts(names[0] ?? '', Number(values.runs));
  process.stdout.write(`${throughput}\n${starts}`);
} finally {
  server?.kill();
  rmSync(directory, { recursive: true, force: true });
}

async function startRegistry(): Promise<string> {
  const args = [bin, 'registry', 'serve', '--quiet', '--address', '127.0.0.1:0'];
  server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return /http:\/\/([^\s,]+)/.exec(line.toString())?.[1] ?? '';
}

/** Pushes distinct images, each with a signature; gives their references. */
async function pushSigned(count: number, sign: (bytes: Buffer) => Buffer): Promise<string[]> {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return mapPooled(indexes, 8, async (index) => {
    const image = buildImage({ layers: [[{ path: 'number', content: String(index) }]], packing: 'none' });
    await push({ manifest: image.manifest, blobs: [image.config, ...image.layers] }, `v${index}`);
    const payload = simpleSigning(image.manifest.digest);
    const layer = {
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      annotations: { 'dev.cosignproject.cosign/signature': sign(payload).toString('base64') },
      blob: payload,
    };
    await push(legacyManifest([layer]), legacyTag(image.manifest, 'sig'));
    return `${host}/${repository}:v${index}`;
  });
}

async function push({ manifest, blobs }: EvidenceManifest, tag: string): Promise<void> {
  for (const blob of blobs) {
    const pushed = pushes.get(blob.digest) ?? pushBlob(blob);
    pushes.set(blob.digest, pushed);
    await pushed;
  }
  const headers = { 'content-type': manifest.mediaType };
  await send('PUT', `manifests/${tag}`, headers, manifest.bytes);
}

async function pushBlob({ bytes, digest }: BuiltBlob): Promise<void> {
  const opened = await send('POST', 'blobs/uploads/', {}, undefined);
  const location = new URL(opened.headers.get('location') ?? '', `http://${host}`);
  location.searchParams.set('digest', digest);
  await send('PUT', location, { 'content-type': 'application/octet-stream' }, bytes);
}

async function send(method: string, path: string | URL, headers: Record<string, string>, body: Buffer | undefined) {
  const url = typeof path === 'string' ? new URL(`http://${host}/v2/${repository}/${path}`) : path;
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: new Uint8Array(body) }) });
  if (!response.ok) throw new Error(`${method} ${url} was answered with ${response.status}`);
  await response.arrayBuffer();
  return response;
}

/** Verifies every image once in this process, some at a time. */
async function verifyAll(names: readonly string[]): Promise<string> {
  const context = makeContext({ cacheDir: directory });
  const start = process.hrtime.bigint();
  const before = process.cpuUsage();
  await mapPooled(names, 8, async (reference) => {
    const signer = { kind: 'key', path: keyPath } as const;
    const image = { kind: 'registry', reference } as const;
    const { answer } = await verifyImage({ image, signer, wanted: 'signature', ignoreLog: true }, context);
    if (answer.outcome !== 'verified') throw new Error(`${reference} was not verified`);
  });
  const used = process.cpuUsage(before);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const busy = (used.user + used.system) / 1e6;
  const digest = createHash('sha256').update(names.join()).digest('hex').slice(0, 8);
  return `${names.length} images (${digest}): ${(names.length / seconds).toFixed(0)} a second, ${(names.length / busy).toFixed(0)} a second of CPU time.`;
}

async function measureStarts(name: string, runs: number): Promise<string> {
  const verify = ['verify', '--key', keyPath, '--insecure-ignore-tlog', name];
  const subjects: readonly (readonly [string, Command])[] = [
    ['node -e 0', { program: process.execPath, args: ['-e', '0'] }],
    ['plimsoll verify', { program: process.execPath, args: [bin, ...verify] }],
    ['cosign verify', { program: 'cosign', args: verify }],
  ];
  const times = new Map(subjects.map(([subject]) => [subject, [] as number[]]));
  for (let run = 0; run < runs; run++) {
    for (const [subject, command] of subjects) {
      const seconds = await measure(command).then(
        (measured) => measured.seconds,
        () => Number.NaN,
      );
      times.get(subject)?.push(seconds);
    }
  }
  const lines = [...times].map(([subject, list]) => `${subject}: ${(median(list) * 1000).toFixed(0)} ms\n`);
  return `Medians of ${runs} interleaved runs on ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}:\n${lines.join('')}`;
}
