import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { judgeSite } from '../../wish.ts';
import { findSites } from './find.ts';

test('images that a template names itself are pinned', () => {
  const text =
    '{{- if .x }}\n  - image: a:1 # x\n    image: "b:1"\r\n  image: \'c\'\n  imagePullPolicy: x\n  # image: z:1\n{{ end }}\n';
  const expected = text.replace('a:1', 'a:1@PIN').replace('b:1', 'b:1@PIN').replace("'c'", "'c:latest@PIN'");
  expect(pinText(findSites, text)).toEqual({ text: expected, open: [] });
});

test.each([
  ['image: {{ .Values.image }}\n', true],
  ['image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"\n', true],
  ['image: a:{{ .Values.tag }}\n', false],
  ['image: "{{ .Values.registry }}/fixed:1"\n', false],
])('%j: decided by the values alone is %j', (text, elsewhere) => {
  expect(findSites(text, { paths: {} }).map(judgeSite)).toMatchObject([{ kind: 'unpinnable', elsewhere }]);
});

test.each([`image: a${' '.repeat(200_000)}b`, `image: ${'{{'.repeat(100_000)}`, '\n'.repeat(200_000)])(
  'a text that was made to keep the reader busy ends (%#)',
  (text) => {
    expect(pinText(findSites, text).text).toBe(text);
  },
);

test('a value with something behind its quote is no image', () => {
  expect(findSites('image: "a:1" x\nimage: "b:1\n', { paths: {} })).toEqual([]);
});
