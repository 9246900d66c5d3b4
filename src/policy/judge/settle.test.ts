import { expect, test } from 'vitest';
import { podOf, readPolicies, testDigest } from '../../../testkit/policy.ts';
import { factMissing } from '../errors.ts';
import { needKey } from '../model/need.ts';
import { settle } from './settle.ts';

const text = `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: p}
spec:
  rules:
  - name: r
    match: {any: [{resources: {kinds: [Pod]}}]}
    verifyImages: [{imageReferences: ["*"], required: false}]
`;
const request = { operation: 'CREATE', object: podOf(['a:1', 'a:1', 'b:1']), at: new Date(0) } as const;

test('needs are asked for together, each once, until there is a decision', async () => {
  const rounds: string[][] = [];
  const decision = await settle(request, await readPolicies(text), async (needs) => {
    rounds.push(needs.map(({ kind }) => kind));
    return new Map(needs.map((need) => [needKey(need), { kind: 'digest', digest: testDigest }]));
  });
  expect(rounds).toEqual([['digest', 'digest']]);
  expect(decision.allowed).toBe(true);
});

test('whoever never answers gets no decision', async () => {
  const policies = await readPolicies(text);
  await expect(settle(request, policies, async () => new Map())).rejects.toThrowCode('POLICY_UNSETTLED');
  const wrong = { kind: 'object', object: {} } as const;
  const lie = settle(request, policies, async (needs) => new Map(needs.map((need) => [needKey(need), wrong])));
  await expect(lie).rejects.toThrowCode('POLICY_UNSETTLED');
  expect(factMissing('x').code).toBe('POLICY_FACT_MISSING');
});

test('equal needs have one key, whatever the order of their fields', () => {
  const a = { kind: 'object', apiVersion: 'v1', objectKind: 'Namespace', name: 'x' } as const;
  const b = { name: 'x', objectKind: 'Namespace', apiVersion: 'v1', kind: 'object' } as const;
  expect(needKey(a)).toBe(needKey(b));
});

test('the key of a need is the need in JSON, lists and all', () => {
  const need = {
    kind: 'verdict',
    image: 'x',
    statements: [testDigest],
    repositories: [],
    severities: ['HIGH'],
  } as const;
  expect(JSON.parse(needKey(need))).toEqual(need);
});
