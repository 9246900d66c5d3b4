import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';

const script = join(import.meta.dirname, '../../examples/quickstart/main.ts');

function quickstart(args: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', timeout: 90_000 });
}

test('the quickstart goes all the way, and leaves what it promises', { timeout: 120_000 }, () => {
  const out = temporaryDirectory();
  const { status, stdout, stderr } = quickstart(['--out', out]);
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
  expect(stdout).toContain('FAIL: 6 findings');
  expect(stdout).toContain('both: DEMO-2026-0001 in mooring-libs');
  for (const file of ['report.json', 'report.sarif', 'sbom.cdx.json', 'sbom.spdx.json']) {
    expect(existsSync(join(out, file))).toBe(true);
  }
});

test('a step that cannot be done ends it with a coded error', { timeout: 120_000 }, async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { status, stderr } = quickstart(['--out', temporaryDirectory(), '--port', String(port)]);
  expect(String(stderr)).toContain('[NET_LISTEN_FAILED]');
  expect(status).toBe(1);
});
