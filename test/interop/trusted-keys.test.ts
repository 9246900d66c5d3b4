import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { formatBundle } from '../../src/envelope/index.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { startHttp } from '../../testkit/server.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
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
