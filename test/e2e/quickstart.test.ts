import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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
  const [byKey, byPerson] = ['verified-key.json', 'verified-person.json'].map((file) => readVerified(join(out, file)));
  expect(byKey?.signer).toMatchObject({ kind: 'key' });
  expect(byPerson?.signer).toMatchObject({ kind: 'certificate', names: [{ value: 'dev@example.com' }] });
  expect(stdout).toMatch(
    /admitted {2}\S+\/demo\/task-api:1\.0\.0\n {2}replace \S+ by \S+:1\.0\.0@sha256:[0-9a-f]{64}\n/,
  );
  expect(stdout).toMatch(
    /denied {4}\S+\/demo\/unsigned:1\.0\.0\n {2}403 policy verify-images, .*: no signatures found; see why: /,
  );
  expect(readFileSync(join(out, 'plimsoll.yaml'), 'utf8')).toContain('allow: [127.0.0.1]');
});

/** What `verify` printed of the one signature. */
function readVerified(path: string): { readonly signer: object } {
  const [{ Plimsoll }] = JSON.parse(readFileSync(path, 'utf8')) as [{ Plimsoll: { signer: object } }];
  return Plimsoll;
}

test('a step that cannot be done ends it with a coded error', { timeout: 120_000 }, async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { status, stderr } = quickstart(['--out', temporaryDirectory(), '--port', String(port)]);
  expect(String(stderr)).toContain('[NET_LISTEN_FAILED]');
  expect(status).toBe(1);
});
