import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';

const run = promisify(execFile);
const found = await hasPeer('cosign');
const password = { COSIGN_PASSWORD: 'secret' };

async function cosign(directory: string, ...args: string[]): Promise<string> {
  const env = { HOME: directory, PATH: process.env['PATH'], ...password };
  return (await run('cosign', args, { cwd: directory, env })).stdout;
}

async function plimsoll(directory: string, ...args: string[]): Promise<string> {
  const host = makeHost(['cosign', ...args], { environment: { HOME: directory, ...password } });
  expect({ code: await runProgram(host), stderr: host.stderr.text() }).toMatchObject({ code: 0 });
  return host.stdout.text();
}

const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'rsa-3072', 'rsa-4096', 'ed25519'] as const;

test.runIf(found).each(kinds)('a key of %s that one imports, the other opens', async (kind) => {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  const pair = kind === 'rsa-3072' || kind === 'rsa-4096' ? makeKey('rsa', Number(kind.slice(4))) : makeKey(kind);
  writeFileSync(at('plain.pem'), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  await cosign(directory, 'import-key-pair', '--key', 'plain.pem', '--output-key-prefix', 'theirs');
  await plimsoll(directory, 'import-key-pair', '--key', at('plain.pem'), '--output-key-prefix', at('ours'));
  expect(readFileSync(at('ours.pub'), 'utf8')).toBe(readFileSync(at('theirs.pub'), 'utf8'));
  expect(await plimsoll(directory, 'public-key', '--key', at('theirs.key'))).toBe(pair.pem);
  expect(await cosign(directory, 'public-key', '--key', 'ours.key')).toBe(pair.pem);
});

test.runIf(found)('a pair that one generates, the other opens', async () => {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  await cosign(directory, 'generate-key-pair', '--output-key-prefix', 'theirs');
  await plimsoll(directory, 'generate-key-pair', '--output-key-prefix', at('ours'));
  expect(await plimsoll(directory, 'public-key', '--key', at('theirs.key'))).toBe(
    readFileSync(at('theirs.pub'), 'utf8'),
  );
  expect(await cosign(directory, 'public-key', '--key', 'ours.key')).toBe(readFileSync(at('ours.pub'), 'utf8'));
});
