import { expect, test } from 'vitest';
import { reviewOf } from '../../testkit/admission.ts';
import { podOf, workloadOf } from '../../testkit/policy.ts';
import { parseReview } from './review.ts';

const pod = podOf(['a:1']);
const parse = (value: unknown) => parseReview(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

test('a creation, an update of a subresource, and what is deleted', () => {
  expect(parse(reviewOf(pod))).toEqual({
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    isDryRun: false,
    told: { operation: 'CREATE', kind: 'Pod', namespace: 'shop', name: 'pod' },
    request: {
      operation: 'CREATE',
      object: pod,
      told: {
        uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
        resource: { group: '', version: 'v1', resource: 'pods' },
        dryRun: false,
        options: null,
      },
      user: { username: 'jane', groups: ['system:authenticated'], told: {} },
    },
  });
  const changes = { operation: 'UPDATE', oldObject: pod, subResource: 'ephemeralcontainers', dryRun: true };
  expect(parse(reviewOf(pod, changes))).toMatchObject({
    isDryRun: true,
    request: { operation: 'UPDATE', oldObject: pod, subResource: 'ephemeralcontainers' },
  });
  expect(parse(reviewOf(pod, { operation: 'DELETE', object: null, oldObject: pod })).request).toBeUndefined();
  expect(parse(reviewOf(workloadOf('Deployment', 'apps/v1', ['a:1']))).request).toMatchObject({ operation: 'CREATE' });
});

test('an object without a namespace is in that of the request', () => {
  const { metadata, ...rest } = pod;
  const bare = { ...rest, metadata: { generateName: 'pod-' } };
  expect(parse(reviewOf(bare, { namespace: 'shop' })).request).toMatchObject({
    object: { metadata: { generateName: 'pod-', namespace: 'shop' } },
  });
  expect(metadata).toBeDefined();
});

test.each([
  ['no JSON', 'nothing'],
  ['a list', '[]'],
  ['no UTF-8', Buffer.from([0xff]).toString('latin1')],
  ['another kind', { ...reviewOf(pod), kind: 'Pod' }],
  ['an older version', { ...reviewOf(pod), apiVersion: 'admission.k8s.io/v1beta1' }],
  ['no request', { ...reviewOf(pod), request: null }],
  ['no uid', reviewOf(pod, { uid: '' })],
  ['a uid without end', reviewOf(pod, { uid: 'x'.repeat(129) })],
  ['too deep', `{"a":${'['.repeat(101)}${']'.repeat(101)}}`],
  ['too many values', `[${'0,'.repeat(1_000_000)}0]`],
])('%s is no review', (_, value) => {
  expect(() => parse(value)).toThrowCode('ADMISSION_REVIEW_INVALID');
});

test('bytes that are no UTF-8 are no review', () => {
  expect(() => parseReview(Buffer.from([0x7b, 0xff, 0x7d]))).toThrowCode('ADMISSION_REVIEW_INVALID');
});

test.each([
  ['an operation nobody knows', { operation: 'PATCH' }],
  ['no object', { object: null }],
  ['an update without what was there', { operation: 'UPDATE' }],
  ['an object of another kind', { kind: { group: '', version: 'v1', kind: 'Service' } }],
  ['an object of another version', { kind: { group: 'apps', version: 'v1', kind: 'Pod' } }],
  ['an object of another namespace', { namespace: 'kube-system' }],
  ['an object without metadata', { object: { apiVersion: 'v1', kind: 'Pod' } }],
  ['nobody who asks', { userInfo: null }],
  ['groups that are no texts', { userInfo: { username: 'a', groups: [1] } }],
])('%s can be answered, with a denial', (_, changes) => {
  expect(parse(reviewOf(pod, changes)).request).toMatchObject({ code: 'ADMISSION_REVIEW_INVALID' });
});
