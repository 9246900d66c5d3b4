import { expect, test } from 'vitest';
import { parseChallenges } from './challenge.ts';

test.each([
  ['Basic realm="x"', [{ scheme: 'basic', parameters: { realm: 'x' } }]],
  [
    'Bearer realm="https://a/t",service="s, t",scope="repository:x:pull,push"',
    [{ scheme: 'bearer', parameters: { realm: 'https://a/t', service: 's, t', scope: 'repository:x:pull,push' } }],
  ],
  ['bearer REALM=plain', [{ scheme: 'bearer', parameters: { realm: 'plain' } }]],
  [
    'Negotiate, Basic realm="a \\"b\\"", Bearer realm="c"',
    [
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'a "b"' } },
      { scheme: 'bearer', parameters: { realm: 'c' } },
    ],
  ],
  ['Bearer realm="first", realm="second"', [{ scheme: 'bearer', parameters: { realm: 'first' } }]],
  ['', []],
  ['="x"', []],
  ['realm="x"', []],
  ['Bearer realm="never ends', [{ scheme: 'bearer', parameters: {} }]],
])('reads %s', (header, expected) => {
  expect(parseChallenges(header)).toEqual(expected);
});

test('a huge header takes no time', () => {
  for (const piece of ['"', 'a', ',', '\\', 'a="\\"', 'a=']) parseChallenges(`Bearer ${piece.repeat(1_000_000)}`);
});
