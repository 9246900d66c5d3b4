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
