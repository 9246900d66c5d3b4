import { expect, test } from 'vitest';
import { Moment } from './moment.ts';
import { printf } from './printf.ts';
import type { Value } from './value.ts';

const list: Value = ['a', 1n];
const map: Value = new Map<string, Value>([['k', 'v']]);

test.each<[string, Value[], string]>([
  ['%v %v %v %v', ['a', 1n, 1.5, true], 'a 1 1.5 true'],
  ['%v %v %v', [list, map, undefined], '[a 1] map[k:v] <nil>'],
  ['%v', [new Moment(Date.UTC(2030, 0, 2, 3, 4, 5, 60))], '2030-01-02 03:04:05.06 +0000 UTC'],
  ['%s|%5s|%-5s|%.2s|%5.1s', ['é', 'ab', 'ab', 'abc', 'xy'], 'é|   ab|ab   |ab|    x'],
  ['%s %d %t', [1n, 'a', 1n], '%!s(int=1) %!d(string=a) %!t(int=1)'],
  [
    '%q %+q %q %q',
    ['a"\n\u0001é☺\u202e😀\u007f', 'é😀', 97n, list],
    `"a\\"\\n\\x01é☺\\u202e😀\\x7f" "\\u00e9\\U0001f600" 'a' ["a" '\\x01']`,
  ],
  ['%q', [1.5], '%!q(float64=1.5)'],
  ['%d|%5d|%-5d|%05d|%+d|% d|%d', [42n, 42n, 42n, -42n, 42n, 42n, -1n], '42|   42|42   |-0042|+42| 42|-1'],
  ['%x %X %#x %o %b %x', [255n, 255n, 255n, 8n, 5n, 'hi'], 'ff FF 0xff 10 101 6869'],
  ['%c %U %c', [0x1f600n, 97n, -1n], '😀 U+0061 \ufffd'],
  [
    '%f %.2f %8.3f %e %g %.3g %F',
    [1.5, 2.34567, 2.5, 12345.678, 1e21, 2.34567, 2.5],
    '1.500000 2.35    2.500 1.234568e+04 1e+21 2.35 2.500000',
  ],
  ['%f %g %v', [Number.POSITIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY], '+Inf NaN -Inf'],
  ['%v %v %v %v', [1e6, 123456, -0, 0.00001], '1e+06 123456 -0 1e-05'],
  ['%T %T %T %T %T %T', ['a', 1n, 1.5, true, list, undefined], 'string int float64 bool []interface {} <nil>'],
  ['%*d|%-*d|%.*f', [5n, 1n, 3n, 1n, 1n, 2.55], '    1|1  |2.5'],
  ['%#v %+v', ['a', map], '"a" map[k:v]'],
  ['100%% %', [], '100% %!(NOVERB)'],
  ['%d %d', [1n], '1 %!d(MISSING)'],
  ['%d', [1n, 'x', undefined], '1%!(EXTRA string=x, <nil>)'],
  ['%z %d', [1n, undefined], '%!z(int=1) %!d(<nil>)'],
])('%s', (format, values, expected) => {
  expect(printf(format, values)).toBe(expected);
});
