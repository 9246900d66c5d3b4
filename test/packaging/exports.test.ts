import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programVersion } from '../../src/cli/version.ts';
import * as everything from '../../src/index.ts';
import * as policy from '../../src/policy.ts';
import * as scan from '../../src/scan.ts';
import * as verify from '../../src/verify.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
};

test('the library offers these values and no others', () => {
  expect(Object.keys(everything).sort()).toEqual([
    'AppError',
    'databaseStatus',
    'diagnoseReference',
    'isAppError',
    'makeContext',
    'pinReferences',
    'scanDirectory',
    'scanImage',
    'serveRegistry',
    'severities',
    'updateDatabases',
    'verifyBlob',
  ]);
  expect(Object.keys(scan).sort()).toEqual([
    'databaseStatus',
    'diffSboms',
    'makeContext',
    'mergeSboms',
    'readReport',
    'scanDirectory',
    'scanImage',
    'scanSbom',
    'scoreSbom',
    'updateDatabases',
    'validateSbom',
  ]);
  expect(Object.keys(verify).sort()).toEqual(['makeContext', 'verifyBlob', 'verifyImage']);
  expect(Object.keys(policy).sort()).toEqual([
    'applyPolicies',
    'explainDecisions',
    'judge',
    'makeContext',
    'needKey',
    'readPolicies',
    'settle',
  ]);
});

test('policies are judged by whoever knows the facts', async () => {
  const text = JSON.stringify({
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'ImagePolicy',
    metadata: { name: 'fresh' },
    spec: { images: ['**'], require: { verdict: { maxDays: 7 } } },
  });
  const at = new Date('2026-06-01T00:00:00Z');
  const object = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ image: 'nginx' }] } };
  const request: policy.PolicyRequest = { operation: 'CREATE', object, at };
  const answer = (need: policy.Need): policy.Fact =>
    need.kind === 'digest'
      ? { kind: 'digest', digest: `sha256:${'a'.repeat(64)}` }
      : { kind: 'verdict', verdict: { result: 'pass', dataAt: at } };
  const policies = await policy.readPolicies([{ path: 'fresh.yaml', text }]);
  expect(policy.judge(request, policies, new Map())).toMatchObject({ kind: 'needs', needs: [{ kind: 'digest' }] });
  const decision = await policy.settle(
    request,
    policies,
    async (needs) => new Map(needs.map((need) => [policy.needKey(need), answer(need)])),
  );
  expect(decision.allowed).toBe(true);
  expect(policy.explainDecisions([decision])).toContain('+ require.verdict a verdict under data of the last 7 days');
});

test('the package can be entered here and nowhere else', () => {
  expect(Object.keys(manifest.exports)).toEqual(['.', './scan', './verify', './policy', './package.json']);
});

test('the program states the version of the package', () => {
  expect(programVersion).toBe(manifest.version);
});

test('dependencies are pinned exactly', () => {
  expect(Object.values(manifest.dependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});
