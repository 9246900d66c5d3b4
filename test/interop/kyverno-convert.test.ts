import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { convertPolicies } from '../../src/policy/index.ts';
import { dialects } from '../../src/policy/registry.ts';
import { alice, bob, carol, judgeTwice, kyverno, slsaType } from '../../testkit/kyverno.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { podOf, workloadOf } from '../../testkit/policy.ts';

const found = await hasPeer(kyverno);
const signers = {
  alice: { key: alice.pem, log: false },
  bob: { key: bob.pem, log: false },
  carol: { key: carol.pem, log: false },
};

/** A policy in Plimsoll's own words, as Kyverno's. */
async function converted(spec: object): Promise<object> {
  const policy = {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'ImagePolicy',
    metadata: { name: 'p' },
    spec: { images: ['**'], signers, ...spec },
  };
  return parse(await convertPolicies({ path: 'p', text: JSON.stringify(policy) }, 'kyverno', dialects.all)) as object;
}

const by = (...names: readonly string[]): object => ({ require: { signatures: { by: names } } });

describe.skipIf(!found)('Kyverno judges what is converted as Plimsoll does', () => {
  test.each<[string, object, string, number]>([
    ['a signature by the key', by('alice'), 'alice:1', 0],
    ['no signature', by('alice'), 'unsigned:1', 1],
    ['another key', by('bob'), 'alice:1', 1],
    ['both keys', by('alice', 'bob'), 'both:1', 0],
    ['one of both', by('alice', 'bob'), 'alice:1', 1],
    ['two of three', { require: { signatures: { atLeast: 2 } } }, 'both:1', 0],
    [
      'one of two, and a third',
      { require: { signatures: [{ by: ['alice', 'bob'], atLeast: 1 }, { by: ['carol'] }] } },
      'both:1',
      1,
    ],
    ['a statement', { require: { attestations: [{ type: slsaType, by: ['alice'] }] } }, 'attested:1', 0],
    ['no statement', { require: { attestations: [{ type: slsaType, by: ['alice'] }] } }, 'alice:1', 1],
    ['images of other names', { images: ['ghcr.io/**'], ...by('alice') }, 'unsigned:1', 0],
  ])('%s', async (_, spec, image, code) => {
    const { ours, theirs } = await judgeTwice(await converted(spec), image, (name) => podOf([name]));
    expect(ours).toEqual(theirs);
    expect(ours.code).toBe(code);
  });

  test('what makes pods', async () => {
    const deployment = (name: string): object => workloadOf('Deployment', 'apps/v1', [name]);
    const { ours, theirs } = await judgeTwice(await converted(by('alice')), 'unsigned:1', deployment);
    expect(ours).toEqual(theirs);
  });
});
