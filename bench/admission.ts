/**
 * Measures the admission server: `npm run bench:admission -- [--images N] [--reviews N] [--runs N] [--memory N] [--profile DIR]`.
 * The server runs alone in a process of its own; the registry and whoever asks are this one. Images are signed with a key and
 * without a log. It ends with 1 when a registry is asked more often than promised, or memory grows.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { certificates } from '../testkit/certificates.ts';
import { makeKey } from '../testkit/sigstore/keys.ts';
import { type Answered, ReviewClient } from './admission/client.ts';
import { type CountingRegistry, serveSigned } from './admission/registry.ts';
import { median } from './measure.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '50' },
    reviews: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' },
    memory: { type: 'string', default: '100000' },
    profile: { type: 'string' },
  },
});
const [reviews, runs, long] = [values.reviews, values.runs, values.memory].map(Number) as [number, number, number];
const bin = join(import.meta.dirname, '../bin/plimsoll.js');
const directory = mkdtempSync(join(tmpdir(), 'plimsoll-bench-admission-'));
const key = makeKey();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const broken: string[] = [];

let server: ChildProcess | undefined;
const registry = await serveSigned(Number(values.images), key);
try {
  const { child, url } = await startServer();
  server = child;
  const client = new ReviewClient(url);
  say(`${registry.pinned.length} images, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
  await measureCold(client, registry);
  say('\n| warm | p50 | p99 | reviews a second | CPU a review |\n| - | - | - | - | - |');
  for (const width of [1, 8]) await measureWarm('digests', registry.pinned, client, width);
  for (const width of [1, 8]) await measureWarm('tags', registry.tagged, client, width);
  if (long > 0) await measureMemory(client, registry);
  client.close();
  server.kill('SIGTERM');
  await once(server, 'exit');
} finally {
  server?.kill('SIGKILL');
  registry.close();
  rmSync(directory, { recursive: true, force: true });
}
for (const promise of broken) say(`BROKEN: ${promise}`);
process.exitCode = broken.length > 0 ? 1 : 0;

async function startServer(): Promise<{ child: ChildProcess; url: string }> {
  const write = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const tls = ['--tls-cert', write('cert.pem', certificates.cert), '--tls-key', write('key.pem', certificates.key)];
  const policy = ['--policy', write('policy.yaml', JSON.stringify(policyOf(key.pem)))];
  const audit = ['--audit-log', join(directory, 'audit.log'), '--address', '127.0.0.1:0'];
  const profiling = values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile];
  const args = [...profiling, bin, 'admission', 'serve', ...policy, ...tls, ...audit];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: /https:\/\/[^\s,]+/.exec(line.toString())?.[0] ?? '' };
}

function policyOf(publicKeys: string): object {
  const keys = { publicKeys, rekor: { ignoreTlog: true }, ctlog: { ignoreSCT: true } };
  const match = { any: [{ resources: { kinds: ['Pod'] } }] };
  const verifyImages = [{ imageReferences: ['127.0.0.1*'], attestors: [{ entries: [{ keys }] }] }];
  return {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'signed' },
    spec: { validationFailureAction: 'Enforce', rules: [{ name: 'by-us', match, verifyImages }] },
  };
}

/** However many wait for an image, it is fetched once. */
async function measureCold(client: ReviewClient, { pinned, take }: CountingRegistry): Promise<void> {
  const waiting = Array.from({ length: 20 }, () => pinned).flat();
  const answered = await client.askAll('/validate', waiting, 100);
  const seen = take();
  const most = Math.max(...seen.values());
  say(
    `cold: ${waiting.length} reviews, 20 for each image: ${describe(answered)}; a thing is asked for ${most} times at most`,
  );
  if (most > 1) broken.push('cold, something of an image is asked for more than once');
}

async function measureWarm(what: string, names: readonly string[], client: ReviewClient, width: number): Promise<void> {
  const path = what === 'tags' ? '/mutate' : '/validate';
  const images = Array.from({ length: reviews }, (_, index) => names[index % names.length] ?? '');
  await client.askAll(path, names, width);
  registry.take();
  const before = cpuSeconds();
  const measured: Answered[] = [];
  for (let run = 0; run < runs; run++) measured.push(await client.askAll(path, images, width));
  const busy = ((cpuSeconds() - before) * 1000) / (reviews * runs);
  const seen = [...registry.take()];
  const asked = seen.reduce((sum, [, count]) => sum + count, 0);
  const cells = [at(measured, 0.5), at(measured, 0.99)].map((time) => `${time.toFixed(1)} ms`);
  const rate = median(measured.map(({ seconds }) => reviews / seconds)).toFixed(0);
  say(`| ${what}, ${width} at once | ${cells.join(' | ')} | ${rate} | ${busy.toFixed(2)} ms |`);
  if (what === 'digests' && asked > 0) broken.push('a digest that is known costs a request');
  if (seen.some(([place]) => !place.startsWith('HEAD ')) || asked > reviews * runs)
    broken.push('a tag costs more than one HEAD');
}

/** The median over runs of what so many reviews of a run take at most. */
function at(measured: readonly Answered[], share: number): number {
  return median(measured.map(({ sorted }) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN));
}

function describe({ sorted, seconds }: Answered): string {
  return `${seconds.toFixed(2)} s, the slowest ${sorted.at(-1)?.toFixed(0)} ms`;
}

/** What the server holds after each tenth of many reviews, which must not grow after the first ones. */
async function measureMemory(client: ReviewClient, { tagged }: CountingRegistry): Promise<void> {
  const held: number[] = [];
  for (let part = 0; part < 10; part++) {
    const images = Array.from({ length: long / 10 }, (_, index) => tagged[index % tagged.length] ?? '');
    await client.askAll('/mutate', images, 8);
    held.push(residentMegabytes());
  }
  say(`\nmemory over ${long} reviews, in MB: ${held.join(', ')}`);
  if ((held.at(-1) ?? 0) > (held[2] ?? 0) * 1.2 + 10) broken.push('memory grows');
}

function residentMegabytes(): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server?.pid}/status`, 'latin1')) ?? [];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

/** User and system time of the server, of /proc/PID/stat, in ticks of a hundredth of a second. */
function cpuSeconds(): number {
  const text = readFileSync(`/proc/${server?.pid}/stat`, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
