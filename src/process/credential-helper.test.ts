import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { askCredentialHelper, type HelperOptions } from './index.ts';

function helper(script: string): HelperOptions {
  const directory = temporaryDirectory();
  const path = join(directory, 'docker-credential-test');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { environment: { PATH: `${directory}:/usr/bin:/bin`, GREETING: 'hello' } };
}

test('passes the server on standard input and the environment it is given, and nothing else', async () => {
  const options = helper('read s; echo "{\\"Username\\":\\"$1 $s $GREETING $HOME\\",\\"Secret\\":\\"x\\"}"');
  expect(await askCredentialHelper('test', 'r.test', options)).toEqual({ username: 'get r.test hello ', secret: 'x' });
});

test.each([
  ['not found', 'echo "credentials not found in native keychain" >&2; exit 1'],
  ['an empty credential', 'echo \'{"Username":"","Secret":""}\''],
])('%s is no credential', async (_, script) => {
  expect(await askCredentialHelper('test', 'r.test', helper(script))).toBeUndefined();
});

test.each([
  ['fails', 'exit 2', 'PROCESS_HELPER_FAILED'],
  ['is killed', 'kill -9 $$', 'PROCESS_HELPER_FAILED'],
  ['prints no JSON', 'echo hello', 'PROCESS_HELPER_FAILED'],
  ['prints something else', 'echo null', 'PROCESS_HELPER_FAILED'],
  [
    'prints without end',
    'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done',
    'PROCESS_HELPER_FAILED',
  ],
  ['never ends', 'exec sleep 60', 'PROCESS_HELPER_TIMEOUT'],
])('a helper that %s is a coded error', async (_, script, code) => {
  const timeout = code === 'PROCESS_HELPER_TIMEOUT' ? 100 : 20_000;
  await expect(askCredentialHelper('test', 'r.test', { ...helper(script), timeout })).rejects.toThrowCode(code);
});

test('a helper that is not there, and names that are none', async () => {
  const options = helper('exit 0');
  await expect(askCredentialHelper('other', 'r.test', options)).rejects.toThrowCode('PROCESS_HELPER_MISSING');
  for (const name of ['', '../x', 'a b', 'x'.repeat(200)]) {
    await expect(askCredentialHelper(name, 'r.test', options)).rejects.toThrowCode('PROCESS_HELPER_NAME');
  }
});

test('a signal ends the helper', async () => {
  const stop = new AbortController();
  const pending = askCredentialHelper('test', 'r.test', { ...helper('exec sleep 60'), signal: stop.signal });
  stop.abort('stop');
  await expect(pending).rejects.toBe('stop');
  const already = askCredentialHelper('test', 'r.test', { ...helper(''), signal: AbortSignal.abort('before') });
  await expect(already).rejects.toBe('before');
});
