import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { formatBundle } from '../../src/envelope/index.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { startHttp } from '../../testkit/server.ts';
import { toPem } from '../../testkit/sigstore/certificate.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, signBundle } from '../../testkit/sigstore/stack.ts';
import { makeTufRepository } from '../../testkit/sigstore/tuf.ts';

const run = promisify(execFile);
const found = await hasPeer('cosign');
const stack = makeStack();
const artifact = Buffer.from('the artifact');

/** A mirror of keys, by http and in a directory, and a bundle that they vouch for. */
async function workplace() {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  const repository = makeTufRepository({ 'trusted_root.json': stack.trustedRoot() });
  const http = `http://${await startHttp(listen([repository.service('/tuf/')], []))}/tuf`;
  for (const [name, bytes] of [...repository.files, ['../root.json', repository.root] as const]) {
    mkdirSync(dirname(at(`tuf/${name}`)), { recursive: true });
    writeFileSync(at(`tuf/${name}`), bytes);
  }
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('bundle.json'), formatBundle(signBundle(stack, { artifact, content: 'message' }).bundle));
  const env = { HOME: directory, PATH: process.env['PATH'] };
  const cosign = (...args: string[]) =>
    run('cosign', args, { cwd: directory, env }).then(
      ({ stderr }) => ({ code: 0, stderr }),
      ({ code, stderr }) => ({ code, stderr }),
    );
  const plimsoll = async (...args: string[]) => {
    const host = makeHost(['cosign', ...args], { environment: { HOME: directory } });
    return { code: await runProgram(host), stderr: host.stderr.text() };
  };
  const who = ['--certificate-identity', 'user@example.com', '--certificate-oidc-issuer', 'https://issuer.example.com'];
  const verify = ['verify-blob', '--bundle', at('bundle.json'), ...who, at('artifact')];
  return { at, cosign, plimsoll, verify, mirrors: { http, file: `file://${at('tuf')}` } };
}

test.runIf(found).each(['http', 'file'] as const)('keys that we fetch by %s are trusted', async (kind) => {
  const { at, cosign, plimsoll, verify, mirrors } = await workplace();
  const initialize = ['initialize', '--mirror', mirrors[kind], '--root', at('root.json')];
  expect(await plimsoll(...initialize)).toMatchObject({ code: 0 });
  // cosign asks its mirror at every verification, and its client knows no mirror in a directory.
  expect(await cosign(...verify)).toMatchObject({ code: kind === 'http' ? 0 : 1 });
  expect(await plimsoll(...verify)).toEqual({ code: 0, stderr: 'Verified OK\n' });
});

test.runIf(found)('keys that cosign fetched, we trust', async () => {
  const { at, cosign, plimsoll, verify, mirrors } = await workplace();
  const initialize = ['initialize', '--mirror', mirrors.http, '--root', at('root.json')];
  expect(await cosign(...initialize)).toMatchObject({ code: 0 });
  expect(await plimsoll(...verify)).toEqual({ code: 0, stderr: 'Verified OK\n' });
  const wrong = ['--root-checksum', '0'.repeat(64)];
  const [theirs, ours] = [await cosign(...initialize, ...wrong), await plimsoll(...initialize, ...wrong)];
  expect([theirs.code, ours.code]).toEqual([1, 1]);
});

/** Certificates and keys of every kind, in files. */
function serviceFiles(at: (name: string) => string): void {
  const { authority, timestamps } = stack;
  writeFileSync(at('ca.pem'), toPem(authority.intermediate.der) + toPem(authority.root.der));
  writeFileSync(at('tsa.pem'), toPem(timestamps.leaf.der) + toPem(timestamps.root.der));
  for (const kind of keyKinds) writeFileSync(at(`${kind}.pub`), makeKey(kind).pem);
}

const keyKinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const;

/** Logs in the order of their addresses: cosign goes through a map. */
function sorted(document: Record<string, unknown>): Record<string, unknown> {
  const byUrl = (a: { baseUrl: string }, b: { baseUrl: string }): number => a.baseUrl.localeCompare(b.baseUrl);
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      name.endsWith('logs') ? (value as { baseUrl: string }[]).toSorted(byUrl) : value,
    ]),
  );
}

test.runIf(found)('trusted roots and signing configurations are those of cosign', async () => {
  const { at, cosign, plimsoll } = await workplace();
  serviceFiles(at);
  const start = 'start-time=2026-01-01T02:00:00+02:00';
  const logs = keyKinds.flatMap((kind) => [
    ['--rekor', `url=https://${kind}.example.com,public-key=${at(`${kind}.pub`)},${start}`],
    ['--rekor', `url=https://${kind}2.example.com,public-key=${at(`${kind}.pub`)},${start},origin=${kind}.example.com`],
  ]);
  const root = [
    ...logs.flat(),
    ...['--fulcio', `url=https://f.example.com,certificate-chain=${at('ca.pem')},end-time=2030-01-01T00:00:00Z`],
    ...['--ctfe', `url=https://c.example.com,public-key=${at('ecdsa-p256.pub')},${start}`],
    ...['--tsa', `url=https://t.example.com,certificate-chain=${at('tsa.pem')}`],
  ];
  const service = `url=https://s.example.com,api-version=1,${start},operator=me`;
  const config = ['--rekor', service, '--rekor-config', 'EXACT:1', '--tsa', service, '--tsa-config', 'ALL'];
  for (const [command, flags] of [
    ['trusted-root', root],
    ['signing-config', [...config, '--fulcio', service, '--oidc-provider', service]],
  ] as const) {
    expect(await cosign(command, 'create', ...flags, '--out', at('theirs.json'))).toMatchObject({ code: 0 });
    expect(await plimsoll(command, 'create', ...flags, '--out', at('ours.json'))).toMatchObject({ code: 0 });
    const [theirs, ours] = ['theirs', 'ours'].map((name) => JSON.parse(readFileSync(at(`${name}.json`), 'utf8')));
    expect(sorted(ours)).toEqual(sorted(theirs));
  }
});

test.runIf(found)('the variables are those of cosign', async () => {
  const { at } = await workplace();
  const environment = { HOME: at('home'), TUF_ROOT: '/keys', COSIGN_PASSWORD: 'secret' };
  const words = ['env', '--show-descriptions=false'];
  const theirs = await run('cosign', words, { env: { ...environment, PATH: process.env['PATH'] } });
  const host = makeHost(['cosign', ...words], { environment });
  await runProgram(host);
  expect(host.stdout.text()).toBe(theirs.stdout);
});
