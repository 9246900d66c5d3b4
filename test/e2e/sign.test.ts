import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { buildImage } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { runCli } from './cli.ts';

test('the built program makes a key pair, signs with it and verifies', async () => {
  const cwd = temporaryDirectory();
  const registry = await startRegistry();
  await registry.put('app', '1', buildImage({ layers: [[{ path: 'a' }]] }));
  const image = `${registry.host}/app:1`;
  const run = (...args: string[]) => runCli(args, { cwd, environment: { COSIGN_PASSWORD: 'secret' } });
  expect(await run('generate-key-pair')).toMatchObject({ code: 0 });
  expect(await run('sign', '--key', 'cosign.key', '--tlog-upload=false', image)).toMatchObject({ code: 0 });
  expect(await run('verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', image)).toMatchObject({ code: 0 });
});
