import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { askPlugin, type PluginOptions } from './plugin.ts';

function plugin(script: string): PluginOptions {
  const directory = temporaryDirectory();
  const path = join(directory, 'a-plugin');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { environment: { PATH: `${directory}:/usr/bin:/bin`, GREETING: 'hello' } };
}

const question = { arguments: ['v1', '{"a": 1}'], input: Buffer.from('input') };

test('arguments and input reach the plugin as they are, and its exit code says nothing', async () => {
  const options = plugin('echo "$1 $2 $(cat) $GREETING $HOME"; echo secret >&2; exit 3');
  expect(await askPlugin('a-plugin', question, options)).toBe('v1 {"a": 1} input hello \n');
});

test.each([
  ['is killed', 'kill -9 $$', 'PROCESS_PLUGIN_FAILED'],
  ['prints without end', 'exec yes', 'PROCESS_PLUGIN_FAILED'],
  ['never ends', 'exec sleep 60', 'PROCESS_PLUGIN_TIMEOUT'],
])('a plugin that %s is a coded error', async (_, script, code) => {
  const timeout = code === 'PROCESS_PLUGIN_TIMEOUT' ? 100 : 20_000;
  await expect(askPlugin('a-plugin', question, { ...plugin(script), timeout })).rejects.toThrowCode(code);
});

test('a plugin that is not there, and a signal that ends one', async () => {
  await expect(askPlugin('another', question, plugin('exit 0'))).rejects.toThrowCode('PROCESS_PLUGIN_MISSING');
  const stop = new AbortController();
  const pending = askPlugin('a-plugin', question, { ...plugin('exec sleep 60'), signal: stop.signal });
  stop.abort('stop');
  await expect(pending).rejects.toBe('stop');
});
