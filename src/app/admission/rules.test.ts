import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../testkit/context.ts';
import { recordMeter } from '../../../testkit/meter.ts';
import { judgeWith, podOf, testDigest } from '../../../testkit/policy.ts';
import { policySeeds } from '../../../testkit/policy-seeds.ts';
import { makeContext } from '../context.ts';
import type { ServeAdmissionInput } from './input.ts';
import { makeRules, readRuleFiles } from './rules.ts';

const policy = JSON.stringify(policySeeds['kyverno']?.[0]).replace(
  '"imageReferences":["*"]',
  '"imageReferences":["ghcr.io/org/app:1"]',
);

test('what a peer lets in is let in where it is asked for, and what was found out without it counts no longer', async () => {
  const cacheDir = temporaryDirectory();
  const path = join(cacheDir, 'policy.yaml');
  writeFileSync(path, policy.replace(/"preconditions":.*?\]\},/, ''));
  const rulesWith = async (compat: readonly string[]) => {
    const tls = { certFile: '', keyFile: '' };
    const input: ServeAdmissionInput = { policies: [path], compat, tls, address: '127.0.0.1', port: 0 };
    const files = await readRuleFiles(input);
    const setting = { meter: recordMeter(), source: undefined, shared: undefined };
    const { policies } = await makeRules(files, input, makeContext({ cacheDir }), setting);
    const object = podOf([`ghcr.io/org/app:1@${testDigest}`], { labels: { app: 'web' } });
    return { identity: files.identity, allowed: (await judgeWith(policies, { object })).allowed };
  };
  const [closed, open] = [await rulesWith([]), await rulesWith(['kyverno.tag-dropped'])];
  expect([closed.allowed, open.allowed]).toEqual([false, true]);
  expect(open.identity).not.toBe(closed.identity);
});
