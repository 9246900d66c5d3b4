import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

test.each([
  ['image:\n  repository: a\n  tag: "1.2"\n', 'image:\n  repository: a\n  tag: "1.2@PIN"\n'],
  ['image:\n  repository: a\n  tag: 1.20 # v\n', 'image:\n  repository: a\n  tag: 1.20@PIN # v\n'],
  [
    'image:\n  registry: r.io\n  repository: a/b\n  tag: 1\n  digest: ""\n',
    'image:\n  registry: r.io\n  repository: a/b\n  tag: 1\n  digest: "PIN"\n',
  ],
  ['image:\n  repository: a\n  tag: 1\n  digest:\n', 'image:\n  repository: a\n  tag: 1\n  digest: PIN\n'],
  ['image:\n  repository: a\n  tag: 1\n  digest: # x\n', 'image:\n  repository: a\n  tag: 1\n  digest: PIN # x\n'],
  ['image:\n  repository: a\n  tag: 1\n  digest: ~\n', 'image:\n  repository: a\n  tag: 1\n  digest: PIN\n'],
  ['image:\n  repository: a\n  digest: \n  tag: 1', 'image:\n  repository: a\n  digest: PIN \n  tag: 1'],
  [
    `image: {repository: a, tag: 1, digest: sha256:${'b'.repeat(64)}}\n`,
    'image: {repository: a, tag: 1, digest: PIN}\n',
  ],
  [
    `image: {repository: a, tag: "1@sha256:${'b'.repeat(64)}", digest: ""}\n`,
    'image: {repository: a, tag: "1@PIN", digest: ""}\n',
  ],
  ['image: {digest, repository: a, tag: 1}\n', 'image: {digest, repository: a, tag: 1@PIN}\n'],
  ['image: a:1\n', 'image: a:1@PIN\n'],
  ['image: a\nimageTag: v1\n', 'image: a\nimageTag: v1@PIN\n'],
  ['sidecarImage: r.io/a:1\npullImage: true\n', 'sidecarImage: r.io/a:1@PIN\npullImage: true\n'],
  [
    'deps:\n  - repository: https://x.io/charts\n    tag: 1\n',
    'deps:\n  - repository: https://x.io/charts\n    tag: 1\n',
  ],
  ['git: {repository: org/code}\n', 'git: {repository: org/code}\n'],
  [
    'a: "{{ .Values.b }}"\nimage: {repository: a, tag: 1}\n',
    'a: "{{ .Values.b }}"\nimage: {repository: a, tag: 1@PIN}\n',
  ],
])('%j', (text, expected) => {
  expect(pinText(findSites, text)).toEqual({ text: expected, open: [] });
});

test.each([
  ['image:\n  repository: a\n  tag: ""\n', 'image: no tag is written; the chart decides it'],
  ['image:\n  repository: a\n', 'image: no tag is written; the chart decides it'],
  ['image: a\n', 'image: no tag is written; the chart may add one'],
  ['image: {repository: "{{ .x }}", tag: 1}\n', 'image: a template decides it'],
  ['image: {repository: a, tag: &t 1}\nversion: *t\n', 'image: an anchor shares its tag or digest with other places'],
  [
    'image: {repository: a, tag: 1, digest: &d ""}\nother: *d\n',
    'image: an anchor shares its tag or digest with other places',
  ],
  ['image: {repository: a, tag: 1, digest: !!null }\n', 'image: it is written with escapes or over several lines'],
])('%j is not pinnable', (text, reason) => {
  expect(pinText(findSites, text)).toEqual({ text, open: [reason] });
});
