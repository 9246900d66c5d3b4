import { expect, test } from 'vitest';
import { podImages } from './pod-images.ts';

test('images of all containers and volumes, in every document and list', () => {
  const text = `
kind: Deployment
spec:
  template:
    spec:
      initContainers: [{ image: init:1 }]
      containers: [{ name: a, image: app:1 }, { name: filled-in-later }]
      volumes: [{ image: { reference: data:1 } }, { emptyDir: {} }]
---
{"kind": "List", "items": [{"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": {"spec":
  {"ephemeralContainers": [{"image": "debug:1"}], "containers": [{"image": "job:1"}]}}}}}}]}
---
spec: &other { containers: [{ image: &shared shared:1 }, { image: *shared }] }
`;
  expect(podImages(text)).toEqual(['app:1', 'init:1', 'data:1', 'job:1', 'debug:1', 'shared:1', 'shared:1']);
});

test('a file without pods names none', () => {
  expect(podImages('a: 1\n---\n- b\n---\ntext\n')).toEqual([]);
});

test('an image that is no text is an error', () => {
  expect(() => podImages('spec: { containers: [{ image: { name: app } }] }')).toThrow(
    expect.objectContaining({ code: 'PIN_IMAGE_UNKNOWN' }),
  );
});

test.each([
  ['a key twice', 'containers: [{ image: good, image: bad }]'],
  ['merge keys', 'a: &a { image: bad }\ncontainers: [{ <<: *a }]'],
  ['a key that stands for another', '? &k containers\n: [{ image: good }]\nspec: { *k : [{ image: bad }] }'],
  ['a key that is a list', '? [a]\n: b'],
  ['tags', 'containers: [{ image: !!binary YmFk }]'],
  ['no YAML', 'a: [b'],
  ['too deep nesting', '['.repeat(100_000)],
])('what readers may understand differently is refused: %s', (_, text) => {
  expect(() => podImages(text)).toThrow(expect.objectContaining({ code: 'PIN_FILE_INVALID' }));
});
