import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeFetch } from '../../src/net/index.ts';
import { readAll, temporaryDirectory } from '../../testkit/context.ts';
import { digestOf } from '../../testkit/image.ts';
import { type Ledger, makeLedger, writeUntilGone } from './registry-writer.ts';

interface Server {
  readonly child: ChildProcess;
  readonly host: string;
}

async function start(directory: string): Promise<Server> {
  const script = join(import.meta.dirname, 'registry-loop.ts');
  const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = child.stdout === null ? [''] : await once(child.stdout, 'data');
  return { child, host: String(line).trim() };
}

async function kill({ child }: Server): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const fetch = makeFetch();

async function get(host: string, path: string): Promise<{ readonly status: number; readonly body: Buffer }> {
  const { status, body } = await fetch({ method: 'GET', url: new URL(path, `http://${host}`) });
  return { status, body: await readAll(body) };
}

/** What was acknowledged is there, whole. */
async function checkLedger(host: string, { blobs, manifests, referrers, tags }: Ledger): Promise<void> {
  for (const [kind, entries] of [
    ['blobs', blobs],
    ['manifests', manifests],
  ] as const) {
    for (const entry of entries) {
      const [repository, digest] = entry.split(' ');
      const { status, body } = await get(host, `/v2/${repository}/${kind}/${digest}`);
      expect([entry, status, digestOf(body)]).toEqual([entry, 200, digest]);
    }
  }
  for (const entry of referrers) {
    const [repository, subject, digest] = entry.split(' ');
    const listed = JSON.parse((await get(host, `/v2/${repository}/referrers/${subject}`)).body.toString());
    expect(listed.manifests.map((one: { digest: string }) => one.digest)).toContain(digest);
  }
  for (const [tag, possible] of tags) {
    const { status, body } = await get(host, `/v2/${tag.replace(' ', '/manifests/')}`);
    // The first one may have been killed before it was stored.
    if (status !== 404 || manifests.has(`${tag.split(' ')[0]} ${possible[0]}`)) {
      expect([tag, possible.includes(digestOf(body))]).toEqual([tag, true]);
    }
  }
}

/** Whatever has the name of a blob or manifest, acknowledged or not, is what its name says; every tag leads somewhere. */
function checkDirectory(directory: string): void {
  for (const path of globSync(`${directory}/{blobs,repositories/**/_blobs}/*`)) {
    expect([path, digestOf(readFileSync(path))]).toEqual([path, basename(path).replace('-', ':')]);
  }
  for (const path of globSync(`${directory}/repositories/**/_manifests/*`)) {
    const record = readFileSync(path);
    expect([path, digestOf(record.subarray(record.indexOf(10) + 1))]).toEqual([path, basename(path).replace('-', ':')]);
  }
  for (const path of globSync(`${directory}/repositories/**/_tags/*`)) {
    const manifest = join(path, '../../_manifests', readFileSync(path, 'utf8').replace(':', '-'));
    expect(readFileSync(manifest).length).toBeGreaterThan(0);
  }
}

const kills = Number(process.env['CRASH_POINTS'] ?? 4);

test('killed at any moment, two at a time on one directory, nothing acknowledged is lost and nothing half-written is there', {
  timeout: 600_000,
}, async () => {
  const directory = temporaryDirectory();
  const ledger = makeLedger();
  let rounds = [0, 0];
  for (let count = 0; count < kills; count++) {
    const servers = await Promise.all([start(directory), start(directory)]);
    const writers = servers.map(({ host }, index) => writeUntilGone(host, `${index}`, ledger, rounds[index] ?? 0));
    // Multiples of the golden ratio spread over several rounds.
    for (const [index, server] of servers.entries()) {
      await wait(60 + ((count * 0.618 + index * 0.31) % 1) * 400);
      await kill(server);
    }
    rounds = await Promise.all(writers);
    checkDirectory(directory);
    const after = await start(directory);
    await checkLedger(after.host, ledger);
    await kill(after);
  }
  expect(ledger.manifests.size).toBeGreaterThan(kills);
  expect(ledger.referrers.size).toBeGreaterThan(0);
});
