import { expect, test } from 'vitest';
import { loadSprig, renderTemplate } from '../index.ts';
import type { Value } from '../value.ts';

const sprig = await loadSprig();
const functions = sprig({
  now: new Date('2030-01-02T03:04:05.006Z'),
  environment: { CI_JOB: '12', AWS_SECRET_ACCESS_KEY: 'hidden' },
});
const data = new Map<string, Value>([
  ['Tags', ['a', 'b', 'c']],
  ['None', undefined],
]);

function render(text: string): string {
  return renderTemplate(text, data, { name: 'test', functions });
}

// What is expected was printed by sprig 3.3.0.
test.each([
  ['{{trim "  a b \\n"}}|{{trimAll "$" "$5.00$"}}|{{trimPrefix "-" "-a-"}}|{{trimSuffix "-" "-a-"}}', 'a b|5.00|a-|-a'],
  [
    '{{upper "aé"}} {{lower "AÉ"}} {{title "hello wORLD-x it\'s"}} {{untitle "Hello World"}} {{swapcase "aB c"}}',
    "AÉ aé Hello WORLD-X It'S hello world Ab C",
  ],
  [
    '{{snakecase "HTTPServerId2"}} {{kebabcase "FirstName"}} {{camelcase "http_server"}} {{nospace " a b "}} {{initials "First Try"}}',
    'http_server_id2 first-name HttpServer ab FT',
  ],
  [
    '{{abbrev 5 "hello world"}} {{abbrev 3 "hello"}} {{abbrev 50 "hello"}}|{{trunc 5 "hello world"}}|{{trunc -5 "hello world"}}|{{trunc 50 "x"}}',
    'he... hello hello|hello|world|x',
  ],
  [
    '{{substr 0 5 "hello world"}}|{{substr -1 5 "hello"}}|{{substr 2 -1 "hello"}}|{{substr 1 99 "hello"}}',
    'hello|hello|llo|ello',
  ],
  [
    '{{repeat 3 "ab"}}|{{contains "cat" "catch"}} {{hasPrefix "cat" "catch"}} {{hasSuffix "h" "catch"}}',
    'ababab|true true true',
  ],
  ['{{replace " " "-" "I Am Henry"}}|{{replace "" "-" "ab"}}|{{"a-b" | replace "-" "+"}}', 'I-Am-Henry|-a-b-|a+b'],
  ['{{quote "a" 1 "b\\""}}|{{squote "a" 1}}|{{cat "hello" 1 nil "x"}}', '"a" "1" "b\\""|\'a\' \'1\'|hello 1 x'],
  [
    '{{indent 4 "a\\nb"}}|{{nindent 2 "a\\nb"}}|{{plural "one" "many" 1}} {{plural "one" "many" 2}}',
    '    a\n    b|\n  a\n  b|one many',
  ],
  [
    '{{wrap 5 "hello big world"}}|{{wrapWith 5 "+" "Hello World"}}|{{wrap 3 "abcdefgh ij"}}',
    'hello\nbig\nworld|Hello+World|abcdefgh\nij',
  ],
  ['{{join "_" .Tags}} {{join "," (list 1 "a" true)}} {{join "," "x"}}', 'a_b_c 1,a,true x'],
  [
    '{{$a := split "$" "foo$bar"}}{{$a._1}} {{(splitn "$" 2 "a$b$c")._1}} {{splitList "$" "a$b"}} {{sortAlpha (list "b" "a" 3)}}',
    'bar b$c [a b] [3 a b]',
  ],
  [
    '{{first (list 1 2)}} {{last .Tags}} {{rest .Tags}} {{initial .Tags}} {{reverse .Tags}} {{append .Tags "d"}} {{prepend .Tags "z"}} {{concat .Tags (list 1)}}',
    '1 c [b c] [a b] [c b a] [a b c d] [z a b c] [a b c 1]',
  ],
  [
    '{{uniq (list 1 1 "a" "a")}} {{without (list 1 2 3) 1 3}} {{has 4 (list 1 4)}} {{compact (list 1 "" "a" nil 0)}} {{chunk 2 (list 1 2 3)}} {{slice (list 1 2 3 4) 1 3}}',
    '[1 a] [2] true [1 a] [[1 2] [3]] [2 3]',
  ],
  [
    '{{until 3}} {{untilStep 3 6 2}} {{until -2}} {{all 1 2}} {{any 0 ""}} {{toStrings (list 1 "b")}}',
    '[0 1 2] [3 5] [0 -1] true false [1 b]',
  ],
  [
    '{{$d := dict "a" 1 "b" "x"}}{{get $d "a"}}{{get $d "z"}} {{hasKey $d "b"}} {{$_ := set $d "c" 3}}{{keys $d | sortAlpha}} {{$_ := unset $d "a"}}{{$d}} {{pluck "b" $d (dict "b" 2)}} {{pick $d "b"}} {{omit $d "b"}}',
    '1 true [a b c] map[b:x c:3] [x 2] map[b:x] map[c:3]',
  ],
  [
    '{{merge (dict "a" 1) (dict "a" 2 "b" 3)}} {{mergeOverwrite (dict "a" 1) (dict "a" 2)}} {{dig "a" "b" "none" (dict "a" (dict "b" 5))}} {{dig "a" "x" "none" (dict "a" (dict))}}',
    'map[a:1 b:3] map[a:2] 5 none',
  ],
  [
    '{{int "42"}} {{int64 3.9}} {{float64 "1.5"}} {{atoi "12"}} {{atoi "x"}} {{toDecimal "777"}} {{int true}}',
    '42 3 1.5 12 0 511 1',
  ],
  [
    '{{add 1 2 3}} {{add1 4}} {{sub 5 3}} {{mul 2 3 4}} {{div 7 2}} {{mod 7 2}} {{max 1 5 3}} {{min 4 2}} {{add "1" 2.7}}',
    '6 5 2 24 3 1 5 2 3',
  ],
  [
    '{{addf 1.5 2.5}} {{subf 5 1.5}} {{mulf 1.5 2}} {{divf 7 2}} {{maxf 1 2.5}} {{minf 1 2.5}} {{floor 1.9}} {{ceil 1.1}} {{round 123.5555 3}}',
    '4 3.5 3 3.5 2.5 1 1 2 123.556',
  ],
  [
    '{{default "d" ""}} {{default "d" "x"}} {{.None | default "n"}} {{empty 0}} {{coalesce 0 "" "c"}} {{ternary "y" "n" true}}',
    'd x n true c y',
  ],
  [
    '{{typeOf "a"}} {{kindOf (list)}} {{kindIs "string" "a"}} {{typeIs "int" 1}} {{deepEqual (list 1) (list 1)}} {{toString 1.5}}',
    'string slice true true true 1.5',
  ],
  [
    '{{sha1sum "a"}} {{adler32sum "Hello"}} {{b64enc "héllo"}} {{b64dec "aGk="}}',
    '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 93061621 aMOpbGxv hi',
  ],
  [
    '{{toJson (dict "b" "<x>" "a" (list 1 2.5 nil))}} {{toRawJson "<x>"}} {{(fromJson "{\\"a\\":5}").a}}',
    '{"a":[1,2.5,null],"b":"\\u003cx\\u003e"} "<x>" 5',
  ],
  [
    '{{base "/a/b.txt"}} {{dir "/a/b.txt"}} {{clean "/a/../b/"}} {{ext "a.tar.gz"}} {{isAbs "/a"}}',
    'b.txt /a /b .gz true',
  ],
  [
    '{{regexMatch "^[a-z]+$" "abc"}} {{regexFind "[^\\\\s]+" "app:1 (x)"}} {{regexFindAll "[0-9]" "123" 2}} {{regexSplit "z+" "pizza" -1}} {{regexSplit "," "a,b,c" 2}}',
    'true app:1 [1 2] [pi a] [a b,c]',
  ],
  [
    '{{regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W$$"}} {{regexReplaceAllLiteral "a(x*)b" "-axb-" "${1}"}} {{regexReplaceAll "(?P<n>x)" "axb" "<${n}${none}$9>"}}',
    '-W$-xxW$- -${1}- a<x>b',
  ],
  [
    '{{date "2006-01-02" 86400}} {{htmlDate 0}} {{toDate "2006-01-02" "2017-12-31" | date "02/01/2006"}} {{unixEpoch (toDate "2006-01-02" "1970-01-02")}} {{duration "95"}}',
    '1970-01-02 1970-01-01 31/12/2017 86400 1m35s',
  ],
  [
    '{{date_modify "-1.5h" (toDate "2006-01-02" "2020-01-02") | date "2006-01-02T15:04"}} {{dateInZone "15:04 -0700" 86400 "Asia/Tokyo"}}',
    '2020-01-01T22:30 09:00 +0900',
  ],
  [
    '{{toDate "02/Jan/2006:15:04:05 -0700" "31/Dec/2017:23:01:02 +0100" | unixEpoch}} {{toDate "2006-01-02" "x" | date "2006"}}',
    '1514757662 0001',
  ],
])('%s', (text, expected) => {
  expect(render(text)).toBe(expected);
});

test('now is the moment that is given, and the local zone is UTC', () => {
  expect(render('{{now | date "2006-01-02T15:04:05.999999999Z07:00"}} {{ago 1893553444}} {{now}}')).toBe(
    '2030-01-02T03:04:05.006Z 1s 2030-01-02 03:04:05.006 +0000 UTC',
  );
});

test('variables of the environment are those that are given, but for what may be a secret', () => {
  expect(render('{{env "CI_JOB"}}{{env "HOME"}}{{expandenv "$CI_JOB/${CI_JOB}"}}{{getEnv "toString"}}')).toBe(
    '1212/12',
  );
  expect(() => render('{{env "AWS_SECRET_ACCESS_KEY"}}')).toThrowCode('CODEC_TEMPLATE_FAILED');
  expect(() => render('{{expandenv "$GITHUB_TOKEN"}}')).toThrowCode('CODEC_TEMPLATE_FAILED');
});

test.each([
  '{{fail "so"}}',
  '{{div 1 0}}',
  '{{chunk 0 .Tags}}',
  '{{regexMatch "(" "a"}}',
  '{{mustFromJson "{"}}',
  '{{mustToDate "2006" "x"}}',
  '{{first "a"}}',
  '{{get .Tags "a"}}',
  '{{ternary 1 2 3}}',
  '{{dig 1 2 (dict)}}',
])('%s fails', (text) => {
  expect(() => render(text)).toThrowCode('CODEC_TEMPLATE_FAILED');
});

test.each([
  '{{repeat 100000000 "x"}}',
  '{{indent 100000000 "x"}}',
  '{{until 100000000}}',
  '{{untilStep 0 9 0}}{{$x := repeat 10000 "x"}}{{replace "x" $x $x}}',
  '{{$x := repeat 10000 "x"}}{{regexReplaceAllLiteral "x" $x $x}}',
])('little text makes no endless one: %s', (text) => {
  expect(() => render(text)).toThrowCode('CODEC_TEMPLATE_FAILED');
});

test.each(['uuidv4', 'randAlpha 5', 'genPrivateKey "rsa"', 'getHostByName "a"'])('there is no %s', (call) => {
  expect(() => render(`{{${call}}}`)).toThrowCode('CODEC_TEMPLATE_INVALID');
});
