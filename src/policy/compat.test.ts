import { expect, test } from 'vitest';
import { clusterPolicy, judgeWith, podOf, signedBy, testDigest } from '../../testkit/policy.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import type { VerifiedSigner } from '../verify/index.ts';
import { compatWords } from './compat.ts';
import type { JsonObject } from './model/json.ts';
import type { EvidencePiece } from './model/need.ts';
import { parsePolicies } from './parse-policies.ts';
import { dialects } from './registry.ts';

const [alice, bob] = [makeKey(), makeKey()] as const;

const kyverno = (patterns: readonly string[], entry: object): string =>
  JSON.stringify(clusterPolicy({ imageReferences: patterns, attestors: [{ entries: [entry] }] }));
const keyed = { keys: { publicKeys: alice.pem } };
const connaisseur = JSON.stringify({
  validators: [
    {
      name: 'default',
      type: 'cosign',
      trustRoots: [alice, bob].map(({ pem }, index) => ({ name: `r${index}`, key: pem })),
    },
  ],
  policy: [{ pattern: '*', with: { trustRoot: '*', threshold: 2 } }],
});

const pinned = podOf([`ghcr.io/org/app:1@${testDigest}`]);
const volume: JsonObject = {
  ...podOf([]),
  spec: { volumes: [{ name: 'v', image: { reference: 'ghcr.io/org/data:1' } }] },
};
const nameless: VerifiedSigner = {
  kind: 'certificate',
  names: [],
  issuer: 'https://i',
  claims: {},
  certificate: Buffer.alloc(0),
};
const key = signedBy({ kind: 'key', id: 'k' });

test.each<[string, string, JsonObject, readonly EvidencePiece[]]>([
  ['kyverno.tag-dropped', kyverno(['ghcr.io/org/app:1'], keyed), pinned, []],
  ['kyverno.image-volumes', kyverno(['*'], keyed), volume, []],
  [
    'kyverno.nameless-certificate',
    kyverno(['*'], { keyless: { subject: 'a@x.org' } }),
    podOf(['a/b:1']),
    [signedBy(nameless)],
  ],
  ['connaisseur.image-volumes', connaisseur, volume, []],
  ['connaisseur.count-signatures', connaisseur, podOf(['a/b:1']), [key, key]],
])('%s lets in only where it is asked for', async (behaviour, text, object, pieces) => {
  const isAlice = (by: { readonly kind: string; readonly pem?: string }): boolean => by.pem?.trim() !== bob.pem.trim();
  const allowed = async (compat: readonly string[]): Promise<boolean> => {
    const policies = await parsePolicies([{ path: 'p.yaml', text }], dialects.all, compat);
    const evidence = ({
      proof,
    }: {
      readonly proof: { readonly by: { readonly kind: string; readonly pem?: string } };
    }) => (isAlice(proof.by) ? pieces : []);
    return (await judgeWith(policies, { object }, { evidence })).allowed;
  };
  expect(await allowed([])).toBe(false);
  expect(await allowed(['policy-controller'])).toBe(false);
  expect(await allowed([behaviour])).toBe(true);
  expect(await allowed([behaviour.split('.')[0] ?? ''])).toBe(true);
  expect(await allowed(compatWords.filter((word) => word.includes('.') && word !== behaviour))).toBe(false);
});
