import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { temporaryDirectory } from '../../testkit/context.ts';
import { runCli } from './cli.ts';

test('the built program renders the chart that it carries', async () => {
  const policy = join(temporaryDirectory(), 'policy.yaml');
  const key = '-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----';
  writeFileSync(policy, JSON.stringify({ validators: [{ name: 'default', type: 'static', approve: true }] }));
  const { code, stdout, stderr } = await runCli(['admission', 'install', '--dry-run', '--policy', policy]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const kinds = parseAllDocuments(stdout).map((document) => document.get('kind'));
  expect([kinds[0], kinds.at(-1)]).toEqual(['Namespace', 'ValidatingWebhookConfiguration']);
  writeFileSync(
    policy,
    JSON.stringify({ validators: [{ name: 'default', type: 'cosign', trustRoots: [{ name: 'default', key }] }] }),
  );
  const refused = await runCli(['admission', 'install', '--dry-run', '--policy', policy]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('POLICY_KEY_PLACEHOLDER');
});
