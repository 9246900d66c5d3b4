import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

test('containers of every kind, in documents and lists, and image volumes', () => {
  const text = `# Deployments
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      initContainers: [{name: i, image: i:1}]
      containers:
        - name: c
          image: "c:1" # the app
          env: [{name: image, value: "x:1"}]
      volumes:
        - {name: v, image: {reference: v:1, pullPolicy: Always}}
---
apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: 'j'}]}}}}}
---
kind: ConfigMap
apiVersion: v1
data: {image: z:1, containers: none}
---
- not: an object
---
`;
  const expected = text
    .replace('image: i:1', 'image: i:1@PIN')
    .replace('"c:1"', '"c:1@PIN"')
    .replace('reference: v:1', 'reference: v:1@PIN')
    .replace("'j'", "'j:latest@PIN'");
  expect(pinText(findSites, text)).toEqual({ text: expected, open: [] });
});

test('custom resources have images where the configuration says', () => {
  const text = `apiVersion: example.com/v1
kind: App
spec:
  image: a:1
  extra: {one: {image: b:1}, two: {image: c:1}}
  list: [{name: d:1}, {name: e:1}]
`;
  const paths = {
    App: ['spec.image', 'spec.missing.path'],
    'example.com/App': ['spec.extra.*.image', 'spec.list[].name'],
    'other.com/App': ['spec.list'],
  };
  const expected = text.replace(/([a-e]):1/g, '$1:1@PIN');
  expect(pinText(findSites, text, paths)).toEqual({ text: expected, open: [] });
  expect(pinText(findSites, text).text).toBe(text);
});

test('documents that are no objects of Kubernetes are left alone', () => {
  const text = 'containers: [{image: a:1}]\n---\nkind: x\ncontainers: [{image: a:1}]\n';
  expect(pinText(findSites, text)).toEqual({ text, open: [] });
});

test('aliases that lead in circles or to many places are walked once', () => {
  const bomb = Array.from({ length: 20 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i},`.repeat(10)}]`).join('\n');
  const text = `apiVersion: v1\nkind: Pod\nk0: &k0 {containers: [{image: a:1}]}\n${bomb}\nself: &self {again: *self}\n`;
  expect(pinText(findSites, text).text).toBe(text.replace('a:1', 'a:1@PIN'));
  const paths = { Pod: ['k20.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.containers.*.image'] };
  expect(pinText(findSites, text, paths).open).toEqual([]);
});

test('merge keys that bring more than any file needs are refused', () => {
  const base = Array.from({ length: 2000 }, (_, i) => `k${i}: 1`).join(', ');
  const users = '  - {<<: *base}\n'.repeat(2000);
  const text = `apiVersion: v1\nkind: Pod\nbase: &base {${base}}\nusers:\n${users}`;
  expect(() => findSites(text, { paths: {} })).toThrow(expect.objectContaining({ code: 'PIN_FILE_INVALID' }));
});
