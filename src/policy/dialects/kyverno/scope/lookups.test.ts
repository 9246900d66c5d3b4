import { expect, test } from 'vitest';
import { clusterPolicy, judgeBy, podOf, signedBy, testDigest, unknownFact } from '../../../../../testkit/policy.ts';
import { makeKey } from '../../../../../testkit/sigstore/keys.ts';

const alice = makeKey();
const map = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'teams', namespace: 'shop' },
  data: { shop: 'web' },
};
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { replicas: 2 } };
const content = { digest: testDigest, manifest: { layers: [{ size: 7 }] }, config: { config: { User: 'app' } } };

/** What a rule with a context comes to, where its precondition looks at the variable `x`. */
async function outcomeOf(context: object, value: unknown, world: object = {}) {
  const signed = { attestors: [{ entries: [{ keys: { publicKeys: alice.pem } }] }] };
  const rule = {
    context: [{ name: 'x', ...context }],
    preconditions: { all: [{ key: '{{ x }}', operator: 'Equals', value }] },
  };
  const { results } = await judgeBy(
    JSON.stringify(clusterPolicy(signed, {}, rule)),
    { object: podOf(['ghcr.io/org/app:1']) },
    {
      objects: [map, deployment],
      content: () => content,
      evidence: () => [signedBy({ kind: 'key', id: 'k' })],
      ...world,
    },
  );
  return results[0];
}

test.each<[string, object, unknown]>([
  [
    'an object of a namespace',
    { apiCall: { urlPath: '/api/v1/namespaces/{{ request.namespace }}/configmaps/teams', jmesPath: 'data.shop' } },
    'web',
  ],
  [
    'an object of a group',
    { apiCall: { urlPath: '/apis/apps/v1/namespaces/shop/deployments/app', jmesPath: 'spec.replicas' } },
    2,
  ],
  [
    'a default',
    { apiCall: { urlPath: '/api/v1/namespaces/shop/configmaps/teams', jmesPath: 'data.none', default: 'd' } },
    'd',
  ],
  [
    'an image',
    { imageRegistry: { reference: '{{ images.containers.c0.reference }}', jmesPath: 'configData.config.User' } },
    'app',
  ],
  [
    'its manifest',
    { imageRegistry: { reference: `ghcr.io/org/app@${testDigest}`, jmesPath: 'manifest.layers[0].size' } },
    7,
  ],
  [
    'its names',
    { imageRegistry: { reference: 'nginx', jmesPath: 'resolvedImage' } },
    `docker.io/library/nginx@${testDigest}`,
  ],
])('%s is looked up', async (_, context, value) => {
  expect(await outcomeOf(context, value)).toMatchObject({ outcome: 'pass' });
  expect(await outcomeOf(context, 'another')).toMatchObject({ outcome: 'skip' });
});

test.each<[string, object, string]>([
  ['a service', { apiCall: { service: { url: 'https://example.com' } } }, 'POLICY_CALL_REFUSED'],
  ['a call that writes', { apiCall: { urlPath: '/api/v1/namespaces', method: 'POST' } }, 'POLICY_CALL_REFUSED'],
  ['a list', { apiCall: { urlPath: '/api/v1/namespaces/shop/configmaps' } }, 'POLICY_CALL_REFUSED'],
  ['another kind', { apiCall: { urlPath: '/api/v1/namespaces/shop/things/a' } }, 'POLICY_CALL_REFUSED'],
  ['the global context', { globalReference: { name: 'g' } }, 'POLICY_CALL_REFUSED'],
  [
    'an object that is not known',
    { apiCall: { urlPath: '/api/v1/namespaces/shop/configmaps/other' } },
    'unknown: POLICY_FACT_MISSING',
  ],
  [
    'what is not in the answer',
    { apiCall: { urlPath: '/api/v1/namespaces/shop/configmaps/teams', jmesPath: 'data.none' } },
    'x has no value',
  ],
  ['no image', { imageRegistry: { reference: 'A B' } }, '"A B" is no name of an image'],
])('%s cannot be told, and denies', async (_, context, message) => {
  expect(await outcomeOf(context, 1)).toMatchObject({
    outcome: 'error',
    denies: true,
    message: expect.stringContaining(message),
  });
});

test('an image that is not there cannot be told', async () => {
  const context = { imageRegistry: { reference: 'ghcr.io/org/other:1' } };
  const missing = () => unknownFact('OCI_REMOTE_NOT_FOUND');
  expect(await outcomeOf(context, 1, { digest: missing })).toMatchObject({ outcome: 'error' });
  expect(await outcomeOf(context, 1, { content: () => undefined })).toMatchObject({ outcome: 'error' });
});
