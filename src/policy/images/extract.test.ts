import { expect, test } from 'vitest';
import { podOf } from '../../../testkit/policy.ts';
import type { JsonObject } from '../model/json.ts';
import { imageSites, usualPlaces } from './extract.ts';

const pod = (spec: unknown): JsonObject => ({ ...podOf([]), spec }) as JsonObject;

test.each([
  ['a list that is none', { containers: { 0: { image: 'a' } } }, '/spec/containers'],
  ['a text for a list', { initContainers: 'a' }, '/spec/initContainers'],
  ['a number for a list', { ephemeralContainers: 0 }, '/spec/ephemeralContainers'],
  ['a container that is none', { containers: ['a'] }, '/spec/containers/0'],
  ['a container that is a list', { containers: [['a']] }, '/spec/containers/0'],
  ['an image that is a number', { containers: [{ image: 1 }] }, '/spec/containers/0/image'],
  ['an image that is an object', { containers: [{ image: { a: 1 } }] }, '/spec/containers/0/image'],
  ['a volume of an image that is a text', { volumes: [{ image: 'a' }] }, '/spec/volumes/0'],
  ['no specification', 'a', '/spec'],
])('%s cannot be judged', (_, spec, pointer) => {
  expect(imageSites(pod(spec), usualPlaces)).toEqual([{ pointer, text: '', isUnreadable: true }]);
});

test.each([
  ['nothing', undefined],
  ['null', { containers: null, volumes: null }],
  ['members that are not its own', JSON.parse('{"__proto__": {"containers": [{"image": "a"}]}}')],
  [
    'an image that is not there',
    { containers: [{ name: 'a', image: null }, { image: '' }], volumes: [{ emptyDir: {} }] },
  ],
])('%s names no image', (_, spec) => {
  expect(imageSites(pod(spec), usualPlaces)).toEqual([]);
});

test('no image hides behind many', () => {
  const many = Array.from({ length: 10_001 }, () => ({ image: 'a' }));
  const sites = imageSites(pod({ containers: [...many, { image: 'evil' }] }), usualPlaces);
  expect(sites.at(-1)).toMatchObject({ isUnreadable: true });
  const place = { path: ['spec', '*', '*'], value: 'image' };
  const custom = imageSites(pod({ a: many }), { byKind: { Pod: [place] }, volumes: false });
  expect(custom.at(-1)).toMatchObject({ isUnreadable: true });
});

test('pointers of names with slashes and tildes', () => {
  const places = { byKind: { Pod: [{ path: ['spec', '*'], value: 'image' }] }, volumes: false };
  const spec = JSON.parse('{"a/b~c": {"image": "x:1"}, "__proto__": {"image": "y:1"}}');
  expect(imageSites(pod(spec), places)).toEqual([
    { pointer: '/spec/a~1b~0c/image', text: 'x:1' },
    { pointer: '/spec/__proto__/image', text: 'y:1' },
  ]);
});
