import { describe, expect, test } from 'vitest';
import {
  dockerFunctions,
  fromJson,
  parseTemplate,
  renderTemplate,
  Struct,
  type TemplateOptions,
  TypedMap,
  type Value,
} from './index.ts';

function render(text: string, data: unknown = {}, options: Partial<TemplateOptions> = {}): string {
  return renderTemplate(text, fromJson(data), { name: 'test', functions: dockerFunctions, ...options });
}

function failure(code: string, line: number, column: number): unknown {
  return expect.objectContaining({ code, data: expect.objectContaining({ name: 'test', line, column }) });
}

const data = {
  Name: 'app',
  Tags: ['a', 'b', 'c'],
  None: [],
  Labels: { b: '2', a: '1' },
  Size: 12_345_678,
  Score: 9.8,
  Nested: { Deep: { Er: 'x' } },
  On: true,
  Nothing: null,
};

describe('what stands between braces', () => {
  test.each([
    ['text is kept', 'a } { b', 'a } { b'],
    ['a field', '{{.Name}}', 'app'],
    ['a field of a field', '{{.Nested.Deep.Er}}', 'x'],
    ['a field of a pipeline', '{{(index .Tags 1 | printf "%s") | print}}{{(.Nested).Deep.Er}}', 'bx'],
    ['what a map does not have', '{{.Missing}}', '<no value>'],
    ['what is nothing', '{{.Nothing}}', '<no value>'],
    ['a list, a map', '{{.Tags}} {{.Labels}}', '[a b c] map[a:1 b:2]'],
    [
      'numbers',
      '{{.Size}} {{.Score}} {{1_000}} {{0x1F}} {{017}} {{1e6}} {{.5}} {{-3}}',
      '12345678 9.8 1000 31 15 1e+06 0.5 -3',
    ],
    ['characters', "{{'a'}} {{'\\n'}} {{'\\u00e9'}}", '97 10 233'],
    ['quoted strings', '{{"a\\tb\\"\\x41\\101"}}{{`raw \\n`}}', 'a\tb"AAraw \\n'],
    ['booleans', '{{true}} {{.On}}', 'true true'],
    ['a comment', 'a{{/* }} */}}b{{- /* c */ -}} d', 'abd'],
    ['trim markers', 'a \n {{- .Name -}} \t b {{.Name -}}\n', 'aappb app'],
    ['a minus that trims nothing', 'a {{-3}}', 'a -3'],
    ['dollar is the data', '{{with .Tags}}{{$.Name}}{{end}}', 'app'],
    ['a pipeline', '{{.Name | printf "%s-%s" "x"}}', 'x-app'],
    ['parentheses', '{{printf "%d" (len (index .Tags 0))}}', '1'],
  ])('%s', (_, text, expected) => {
    expect(render(text, data)).toBe(expected);
  });
});

describe('blocks', () => {
  test.each([
    ['if, else if, else', '{{range .Tags}}{{if eq . "a"}}1{{else if eq . "b"}}2{{else}}3{{end}}{{end}}', '123'],
    ['with and else', '{{with .Nothing}}x{{else}}y{{end}}{{with .Name}}{{.}}{{end}}', 'yapp'],
    ['with and else with', '{{with .Nothing}}x{{else with .Name}}{{.}}{{end}}', 'app'],
    ['a range of nothing', '{{range .None}}x{{else}}none{{end}}{{range .Nothing}}x{{else}}none{{end}}', 'nonenone'],
    ['index and item', '{{range $i, $tag := .Tags}}{{$i}}{{$tag}}{{end}}', '0a1b2c'],
    ['an item of its own name', '{{range $tag := .Tags}}{{$tag}}{{.}}{{end}}', 'aabbcc'],
    ['a map by its sorted keys', '{{range $key, $value := .Labels}}{{$key}}={{$value}};{{end}}', 'a=1;b=2;'],
    ['an integer', '{{range 3}}{{.}}{{end}}', '012'],
    [
      'break and continue',
      '{{range .Tags}}{{if eq . "b"}}{{continue}}{{end}}{{.}}{{if eq . "c"}}{{break}}{{end}}{{end}}',
      'ac',
    ],
    ['a variable is seen to the end of its block', '{{$x := 1}}{{if .On}}{{$x := 2}}{{$x}}{{end}}{{$x}}', '21'],
    [
      'a variable is set from inside',
      '{{$first := true}}{{range .Tags}}{{if $first}}{{$first = false}}{{else}},{{end}}{{.}}{{end}}',
      'a,b,c',
    ],
    ['a condition may declare', '{{if $name := .Name}}{{$name}}{{else}}{{$name}}{{end}}', 'app'],
    ['a range may set', '{{$x := ""}}{{range $x = .Tags}}{{end}}{{$x}}', 'c'],
    ['define and template', '{{define "t"}}[{{.}}]{{end}}{{template "t" .Name}}{{template "t"}}', '[app][<no value>]'],
    [
      'a template that is defined later, in another',
      '{{template "a" 1}}{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}b{{.}}{{end}}',
      'b1',
    ],
    ['block', '{{block "t" .Name}}({{.}}){{end}}{{template "t" 1}}', '(app)(1)'],
    ['a variable does not reach into a definition', '{{$x := 1}}{{define "t"}}{{$}}{{end}}{{template "t" $x}}', '1'],
  ])('%s', (_, text, expected) => {
    expect(render(text, data)).toBe(expected);
  });
});

describe('functions', () => {
  test.each([
    ['{{and .On .Name}} {{and .None .Name}} {{or .None .Name}} {{or "" 0}} {{not .On}}', 'app [] app 0 false'],
    ['{{and false (index .Tags 9)}} {{or true (index .Tags 9)}}', 'false true'],
    ['{{.Name | and .On}}', 'app'],
    ['{{eq .Name "x" "app"}} {{ne 1 2}} {{eq 1 1.0}} {{eq .Nothing nil}}', 'true true true true'],
    ['{{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1.5 2}}', 'true true true false'],
    ['{{len .Name}} {{len "é"}} {{len .Tags}} {{len .Labels}}', '3 2 3 2'],
    ['{{index .Tags 0}} {{index .Labels "b"}} {{index "abc" 1}} {{index .Nested "Deep" "Er"}}', 'a 2 98 x'],
    ['{{slice .Tags 1}} {{slice .Name 0 2}} {{slice .Name 1}} {{slice "aé" 0 2}}', '[b c] ap pp a\ufffd'],
    ['{{print "a" 1 2 "b" .On}}|{{println 1 "a"}}', 'a1 2btrue|1 a\n'],
    ['{{html "<a b=\'c\'>&"}}', '&lt;a b=&#39;c&#39;&gt;&amp;'],
    ['{{js "a\'<\\n"}}', "a\\'\\u003C\\u000A"],
    ['{{urlquery "a b&c" "(é)"}}', 'a+b%26c%28%C3%A9%29'],
  ])('%s', (text, expected) => {
    expect(render(text, data)).toBe(expected);
  });

  test.each([
    [
      '{{json .}}',
      '{"Labels":{"a":"1","b":"2"},"Name":"app","Nested":{"Deep":{"Er":"x"}},"None":[],"Nothing":null,"On":true,"Score":9.8,"Size":12345678,"Tags":["a","b","c"]}',
    ],
    ['{{json "<\u2028>"}}', '"<\\u2028>"'],
    ['{{join .Tags "-"}} {{index (split "a,b" ",") 1}}', 'a-b-c b'],
    ['{{title "it\'s a café"}} {{upper .Name}} {{lower "A"}}', "It'S A Café APP a"],
    ['{{pad .Name 1 2}}|{{truncate .Name 2}}|{{pad "" 1 1}}', ' app  |ap|'],
  ])('as docker has them: %s', (text, expected) => {
    expect(render(text, data)).toBe(expected);
  });
});

test('a struct has its fields, and no others', () => {
  const struct = new Struct({ type: 'T', names: ['A', 'B'], read: (name) => name.toLowerCase() });
  const run = (text: string): string => renderTemplate(text, struct, { name: 't' });
  expect(run('{{.A}} {{.}} {{printf "%+v %T" . .}} {{if .}}yes{{end}}')).toBe('a {a b} {A:a B:b} T yes');
  expect(() => run('{{.C}}')).toThrowCode('CODEC_TEMPLATE_FAILED');
});

test('a map of one type has its zero value for what is missing, when it is indexed', () => {
  const map = new TypedMap([['a', 1n]], 0n);
  expect(renderTemplate('{{index . "a"}} {{index . "b"}} {{.b}} {{len .}}', map, { name: 't' })).toBe(
    '1 0 <no value> 1',
  );
});

test('what is inherited by every object of JavaScript is not there', () => {
  const names = ['constructor', '__proto__', 'toString', 'length', 'hasOwnProperty'];
  for (const name of names) expect(render(`{{.${name}}}`, { a: [] })).toBe('<no value>');
  expect(() => render('{{.Tags.length}}', data)).toThrowCode('CODEC_TEMPLATE_FAILED');
  expect(render('{{.__proto__}}{{json .}}', JSON.parse('{"__proto__":"own"}'))).toBe('own{"__proto__":"own"}');
});

test.each([
  ['{{', 1, 1],
  ['a\nb {{if}}', 2, 7],
  ['{{.A', 1, 1],
  ['{{"a}}', 1, 3],
  ['{{`a}}', 1, 3],
  ["{{''}}", 1, 3],
  ["{{'ab'}}", 1, 3],
  ['{{"\\q"}}', 1, 4],
  ['{{/* a }}', 1, 3],
  ['{{/* a */ b}}', 1, 3],
  ['{{1a}}', 1, 3],
  ['{{089}}', 1, 3],
  ['{{99999999999999999999}}', 1, 3],
  ['{{if .A}}x', 1, 1],
  ['{{end}}', 1, 1],
  ['{{else}}', 1, 1],
  ['{{if .A}}{{else}}{{else}}{{end}}', 1, 24],
  ['{{define "a"}}{{else}}{{end}}', 1, 21],
  ['{{define a}}{{end}}', 1, 10],
  ['{{template 1}}', 1, 12],
  ['{{break}}', 1, 1],
  ['{{range .}}{{define "a"}}{{continue}}{{end}}{{end}}', 1, 26],
  ['{{foo}}', 1, 3],
  ['{{$x}}', 1, 3],
  ['{{$x = 1}}', 1, 3],
  ['{{if .A}}{{$x := 1}}{{end}}{{$x}}', 1, 30],
  ['{{range $a, $b}}{{end}}', 1, 15],
  ['{{$a, $b := .}}', 1, 3],
  ['{{.A | 1}}', 1, 8],
  ['{{1 | .}}', 1, 7],
  ['{{(1}}', 1, 3],
  ['{{1 2)}}', 1, 6],
  ['{{print"a""b"}}', 1, 11],
  ['{{nil.A}}', 1, 6],
  ['{{.A ; .B}}', 1, 6],
  ['{{()}}', 1, 4],
])('%j is not a template: line %i, column %i', (text, line, column) => {
  expect(() => render(text)).toThrow(failure('CODEC_TEMPLATE_INVALID', line, column));
});

test.each([
  ['\n {{index .Tags 3}}', 2, 4],
  ['{{index .Tags -1}}', 1, 3],
  ['{{index .Tags "a"}}', 1, 3],
  ['{{index .Labels 1}}', 1, 3],
  ['{{index .On 1}}', 1, 3],
  ['{{.Name.Field}}', 1, 8],
  ['{{.Missing.Field}}', 1, 11],
  ['{{.Name 1}}', 1, 3],
  ['{{1 | .Name}}', 1, 7],
  ['{{nil}}', 1, 3],
  ['{{lt 1 "a"}}', 1, 3],
  ['{{lt .On .On}}', 1, 3],
  ['{{eq 1 "a"}}', 1, 3],
  ['{{eq .Tags .Tags}}', 1, 3],
  ['{{len 1}}', 1, 3],
  ['{{slice .Name 2 1}}', 1, 3],
  ['{{slice .On}}', 1, 3],
  ['{{not}}', 1, 3],
  ['{{and}}', 1, 3],
  ['{{range .Name}}{{end}}', 1, 1],
  ['{{template "none"}}', 1, 1],
  ['{{printf .On}}', 1, 3],
  ['{{printf "%1001d" 1}}', 1, 3],
  ['{{printf "%*d" 9999 1}}', 1, 3],
  ['{{pad .Name 1000 1}}', 1, 3],
  ['{{join .Name ","}}', 1, 3],
])('%j fails: line %i, column %i', (text, line, column) => {
  expect(() => render(text, data)).toThrow(failure('CODEC_TEMPLATE_FAILED', line, column));
});

test('the error of a function is the cause', () => {
  const cause = expect.objectContaining({ code: 'CODEC_TEMPLATE_CALL' });
  expect(() => render('{{len 1}}')).toThrow(expect.objectContaining({ cause }));
});

test.each([
  ['endless templates', '{{define "t"}}{{template "t"}}{{end}}{{template "t"}}', {}],
  ['many steps', '{{range 1000000}}{{end}}', { steps: 1000 }],
  ['much text', '{{range 100}}0123456789{{end}}', { characters: 500 }],
  ['much text that is not written', '{{range 100}}{{$x := print "0123456789"}}{{end}}', { characters: 500 }],
])('bounded: %s', (_, text, limits) => {
  expect(() => render(text, {}, { limits })).toThrowCode('CODEC_LIMIT');
});

test.each([
  ['parentheses', `{{${'('.repeat(1000)}1${')'.repeat(1000)}}}`],
  ['blocks', `${'{{if 1}}'.repeat(1000)}${'{{end}}'.repeat(1000)}`],
  ['length', ' '.repeat(2 ** 22 + 1)],
])('bounded when read: %s', (_, text) => {
  expect(() => render(text)).toThrowCode('CODEC_TEMPLATE_INVALID');
});

test('numbers of JSON that are whole are integers', () => {
  const value: Value = fromJson({ a: 1, b: 1.5, c: 2 ** 60, d: undefined, e: [null, true] });
  expect(value).toEqual(
    new Map<string, Value>([
      ['a', 1n],
      ['b', 1.5],
      ['c', 2 ** 60],
      ['d', undefined],
      ['e', [undefined, true]],
    ]),
  );
});

test('a parsed template can be run again', () => {
  const template = parseTemplate('{{$x := 0}}{{range .}}{{$x = .}}{{end}}{{$x}}', { name: 'test' });
  const run = (list: Value): string => {
    let text = '';
    template.execute(list, (part) => {
      text += part;
    });
    return text;
  };
  expect([run([1n, 2n]), run([])]).toEqual(['2', '0']);
});

test('definitions of other texts can be used, and included as text', () => {
  const libraries = [{ name: 'lib', text: '{{define "a"}}<{{.}}>{{end}}{{define "b"}}{{include "a" .}}{{end}}' }];
  expect(render('{{template "a" 1}} {{include "b" 2 | printf "%5s"}}', {}, { libraries })).toBe('<1>   <2>');
  expect(() => render('{{include "none" .}}', {}, { libraries })).toThrowCode('CODEC_TEMPLATE_FAILED');
  expect(() => render('{{include "a" .}}')).toThrowCode('CODEC_TEMPLATE_INVALID');
  const endless = [{ name: 'lib', text: '{{define "a"}}{{include "a" .}}{{end}}' }];
  expect(() => render('{{include "a" .}}', {}, { libraries: endless })).toThrowCode('CODEC_LIMIT');
});
