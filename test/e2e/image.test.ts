import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programVersion } from '../../src/cli/version.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { buildImage } from '../../testkit/image.ts';
import { runPeer } from '../../testkit/peer.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { runCli } from './cli.ts';

const script = join(import.meta.dirname, '../../tools/image/main.ts');

test('the program makes its own image, the same each time, and runs from it without anything else', {
  timeout: 120_000,
}, async () => {
  const registry = await startRegistry();
  await registry.put('node', '24', buildImage({ layers: [[{ path: 'nodejs/bin/node' }]] }));
  const make = (tag: string) =>
    runPeer(process.execPath, [
      script,
      '--base',
      `${registry.host}/node:24`,
      '--tag',
      `${registry.host}/plimsoll:${tag}`,
    ]);
  for (const tag of ['1', '2']) expect(await make(tag)).toMatchObject({ code: 0 });
  const crane = async (...args: string[]) => (await runCli(['crane', ...args])).stdout;
  const name = `${registry.host}/plimsoll:1`;
  expect(await crane('digest', name)).toBe(await crane('digest', `${registry.host}/plimsoll:2`));
  expect(JSON.parse(await crane('config', name))).toMatchObject({
    config: { Entrypoint: ['/nodejs/bin/node', '/opt/plimsoll/bin/plimsoll.js'], User: '65532:65532', WorkingDir: '/' },
  });
  const unpacked = temporaryDirectory();
  mkdirSync(join(unpacked, 'root'));
  expect(await runCli(['crane', 'export', name, join(unpacked, 'image.tar')])).toMatchObject({ code: 0 });
  expect(await runPeer('tar', ['-xf', join(unpacked, 'image.tar'), '-C', join(unpacked, 'root')])).toMatchObject({
    code: 0,
  });
  const own = join(unpacked, 'root/opt/plimsoll/bin/plimsoll.js');
  const run = (...args: string[]) => spawnSync(process.execPath, [own, ...args], { encoding: 'utf8', cwd: unpacked });
  expect(run('--version').stdout).toContain(programVersion);
  expect(run('admission', 'install', '--dry-run')).toMatchObject({ status: 0, stderr: '' });
});
