import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { formatBundle } from '../../src/envelope/index.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, signBundle } from '../../testkit/sigstore/stack.ts';

const run = promisify(execFile);
const found = await hasPeer('cosign');
const artifact = Buffer.from('the artifact');

function workplace() {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('artifact'), artifact);
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
  return { at, cosign, plimsoll };
}

/** The two spellings of version 0.3 are one. */
function read(path: string): unknown {
  const { mediaType, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  expect(mediaType).toMatch(/version=0\.3$|v0\.3\+json$/);
  return rest;
}

test.runIf(found)('bundles of signature and key, and upgraded ones, are those of cosign', async () => {
  const { at, cosign, plimsoll } = workplace();
  const key = makeKey();
  writeFileSync(at('key.pub'), key.pem);
  writeFileSync(at('signature'), key.sign(artifact).toString('base64'));
  const { bundle } = signBundle(makeStack(), { artifact, content: 'message', version: '0.2' });
  writeFileSync(at('old.json'), formatBundle(bundle));
  const files = ['--artifact', at('artifact'), '--signature', at('signature'), '--key', at('key.pub')];
  for (const words of [
    ['bundle', 'create', ...files, '--ignore-tlog'],
    ['bundle', 'upgrade', at('old.json')],
  ]) {
    expect(await cosign(...words, '--out', at('theirs.json'))).toMatchObject({ code: 0 });
    expect(await plimsoll(...words, '--out', at('ours.json'))).toMatchObject({ code: 0 });
    expect(read(at('ours.json'))).toEqual(read(at('theirs.json')));
  }
  const verify = ['verify-blob', '--key', at('key.pub'), '--insecure-ignore-tlog', '--bundle'];
  expect(await plimsoll('bundle', 'create', ...files, '--ignore-tlog', '--out', at('ours.json'))).toMatchObject({
    code: 0,
  });
  expect(await cosign(...verify, at('ours.json'), at('artifact'))).toMatchObject({ code: 0 });
  for (const words of [
    ['bundle', 'create'],
    ['bundle', 'create', '--artifact', at('artifact')],
  ]) {
    const [theirs, ours] = [await cosign(...words), await plimsoll(...words)];
    expect(ours).toEqual(theirs);
  }
});
