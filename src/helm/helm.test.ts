import { expect, test } from 'vitest';
import { parseAssignment } from './assign.ts';
import { type ChartFiles, parseChart } from './chart.ts';
import { toManifest } from './manifest.ts';
import { renderChart } from './render.ts';
import { mergeValues, parseValues } from './values.ts';

const release = { name: 'it', namespace: 'here', service: 'Helm' };

const chart = (files: ChartFiles = {}): ChartFiles => ({
  'Chart.yaml': 'name: small\nversion: 1.2.3\nappVersion: "4"\n',
  'values.yaml': 'a: 1\nlist: [x, "yes"]\nnested: {b: 2, c: 3}\n',
  ...files,
});

const render = (files: ChartFiles, values = {}) => renderChart(parseChart(chart(files)), values, release);
const template = (text: string): ChartFiles => ({ 'templates/one.yaml': text });

test('templates are rendered over values, release and chart', async () => {
  const text = `kind: ConfigMap
metadata: { name: {{ .Release.Name }}-{{ .Chart.Name }}-{{ .Chart.AppVersion }}, namespace: {{ .Release.Namespace }} }
data:
  {{- toYaml .Values.nested | nindent 2 }}
  list:
    {{- toYaml .Values.list | nindent 4 }}
  none: "{{ .Values.none }}"
`;
  expect(await render(template(text), { nested: { b: 'two' } })).toEqual([
    {
      kind: 'ConfigMap',
      metadata: { name: 'it-small-4', namespace: 'here' },
      data: { b: 'two', c: 3, list: ['x', 'yes'], none: '' },
    },
  ]);
});

test('what one file defines, others include; files that begin with _ make nothing themselves', async () => {
  const files = {
    'templates/_names.tpl': '{{- define "name" -}}{{ .Release.Name }}-{{ .Values.a }}{{- end -}}',
    ...template('name: {{ include "name" . | upper | quote }}'),
    'templates/NOTES.txt': 'never read: {{ nothing }}',
  };
  expect(await render(files)).toEqual([{ name: 'IT-1' }]);
});

test('documents without anything in them are none, and what denies is applied last', async () => {
  const kinds = [
    'ValidatingWebhookConfiguration',
    'Deployment',
    'Certificate',
    'Service',
    'Role',
    'ConfigMap',
    'Namespace',
  ];
  const objects = await render(
    template(kinds.map((kind) => `kind: ${kind}\n---\n{{- if false }}x{{ end }}\n`).join('---\n')),
  );
  expect(objects.map(({ kind }) => kind)).toEqual([
    'Namespace',
    'ConfigMap',
    'Role',
    'Certificate',
    'Service',
    'Deployment',
    'ValidatingWebhookConfiguration',
  ]);
});

test.each([
  ['a value that is required', '{{ required "give me a name" .Values.name }}', /give me a name/],
  ['an empty one', '{{ required "give me a name" "" }}', /give me a name/],
  ['what a chart refuses', '{{ fail "not like that" }}', /not like that/],
  ['text that is no object', 'just text', /one\.yaml: what it makes is no object/],
  ['text that is no YAML', 'a: [', /one\.yaml/],
  ['YAML nested beyond all bounds', '['.repeat(1000), /depth is out of bounds/],
  ['the same key twice', 'a: 1\na: 2', /unique/],
])('an error says what is wrong: %s', async (_, text, reason) => {
  await expect(render(template(text))).rejects.toThrowCode('HELM_RENDER_FAILED');
  await expect(render(template(text))).rejects.toThrow(reason);
});

test('a place in an included file is told by the name of that file', async () => {
  const files = {
    'templates/_bad.tpl': '\n{{ define "bad" }}{{ fail "no" }}{{ end }}',
    ...template('{{ include "bad" . }}'),
  };
  await expect(render(files)).rejects.toThrow(/small\/templates\/_bad\.tpl.*\b2\b/);
});

test('a function that is not here is told when the template is read', async () => {
  await expect(render(template('{{ lookup "v1" "Secret" "a" "b" }}'))).rejects.toThrowCode('CODEC_TEMPLATE_INVALID');
});

test('templates know nothing of the environment', async () => {
  expect(await render(template('home: "{{ env "HOME" }}"'))).toEqual([{ home: '' }]);
});

test.each([
  ['no Chart.yaml', { 'Chart.yaml': '' }],
  ['no name', { 'Chart.yaml': 'version: 1' }],
  ['values that are a list', { 'values.yaml': '[]' }],
  ['values with too many aliases', { 'values.yaml': `a: &a [${'x,'.repeat(50)}]\nb: [${'*a,'.repeat(300)}]` }],
  ['a schema that is none', { 'values.schema.json': '"x"' }],
])('a chart without its parts is refused: %s', (_, files) => {
  expect(() => parseChart(chart(files))).toThrowCode('HELM_CHART_INVALID');
});

test('maps are merged, null takes away, anything else replaces', () => {
  const base = { a: 1, list: [1, 2], map: { x: 1, y: 2 }, gone: 1 };
  const over = { a: { b: 1 }, list: [3], map: { y: 3 }, gone: null, fresh: { deep: null } };
  expect(mergeValues(base, over)).toEqual({ a: { b: 1 }, list: [3], map: { x: 1, y: 3 }, fresh: { deep: null } });
  expect(mergeValues({}, JSON.parse('{"__proto__": {"polluted": 1}}'))).not.toHaveProperty('polluted');
});

test('a file of values is one map, or nothing', () => {
  expect(parseValues('')).toEqual({});
  expect(parseValues('a: 1')).toEqual({ a: 1 });
  for (const text of ['[1]', 'a: 1\n---\nb: 2', 'a: {'])
    expect(() => parseValues(text)).toThrowCode('HELM_VALUES_INVALID');
});

test('what a schema refuses is told by its key', async () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: { a: { type: 'integer', maximum: 5 }, list: { type: 'array' }, nested: { type: 'object' } },
  };
  const files = { 'values.schema.json': JSON.stringify(schema), ...template('a: {{ .Values.a }}') };
  expect(await render(files, { a: 5 })).toEqual([{ a: 5 }]);
  await expect(render(files, { a: 6 })).rejects.toThrowCode('HELM_VALUES_INVALID');
  await expect(render(files, { a: '5' })).rejects.toThrow(/a: /);
  await expect(render(files, { typo: 1 })).rejects.toThrow(/typo/);
});

test.each([
  ['a=1', { a: 1 }],
  ['a.b.c=text', { a: { b: { c: 'text' } } }],
  ['a=true', { a: true }],
  ['a=null', { a: null }],
  ['a=007', { a: '007' }],
  ['a=x=y', { a: 'x=y' }],
  ['a=', { a: '' }],
])('%s sets', (text, values) => {
  expect(parseAssignment(text)).toEqual(values);
});

test.each(['a', '=1', 'a b=1', 'a[0]=1', 'a={x}', 'a=1,b=2'])('%s cannot be set', (text) => {
  expect(() => parseAssignment(text)).toThrowCode('HELM_SET_INVALID');
});

test('a manifest means the same to readers of YAML 1.1', () => {
  expect(toManifest([{ a: 'on' }, { b: '1:30' }])).toBe('---\na: "on"\n---\nb: "1:30"\n');
});
