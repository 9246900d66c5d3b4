import { expect, test } from 'vitest';
import { pinnedText, pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

test.each([
  ['FROM alpine:3.20\n', 'FROM alpine:3.20@PIN\n'],
  ['FROM alpine\n', 'FROM alpine:latest@PIN\n'],
  ['from  a/b:1  as x # no comment\r\n', 'from  a/b:1@PIN  as x # no comment\r\n'],
  [`FROM a:1@sha256:${'b'.repeat(64)}`, 'FROM a:1@PIN'],
  ['FROM "a:1"\n', 'FROM "a:1@PIN"\n'],
  [
    'FROM --platform=$BUILDPLATFORM \\\n  # why\n  a:1 AS b\n',
    'FROM --platform=$BUILDPLATFORM \\\n  # why\n  a:1@PIN AS b\n',
  ],
  ['# syntax=docker/dockerfile:1\nFROM scratch\n', '# syntax=docker/dockerfile:1@PIN\nFROM scratch\n'],
  ['# escape=`\n# syntax = x/y:1\nFROM `\n a:1\n', '# escape=`\n# syntax = x/y:1@PIN\nFROM `\n a:1@PIN\n'],
  [
    'ARG A=x\nARG BASE=a:1 B="b:2"\nFROM $BASE\nFROM ${B}\n',
    'ARG A=x\nARG BASE=a:1@PIN B="b:2@PIN"\nFROM $BASE\nFROM ${B}\n',
  ],
  ['ARG B=a:1\nFROM $B AS x\nFROM $B AS y\n', 'ARG B=a:1@PIN\nFROM $B AS x\nFROM $B AS y\n'],
  [
    'FROM a:1 AS Base\nFROM base\nCOPY --from=BASE /a /b\n',
    'FROM a:1@PIN AS Base\nFROM base\nCOPY --from=BASE /a /b\n',
  ],
  ['FROM node:1 AS node\nFROM node\n', 'FROM node:1@PIN AS node\nFROM node\n'],
  ['FROM a:1\nFROM b:1\nCOPY --from=0 --chown=1 x y\n', 'FROM a:1@PIN\nFROM b:1@PIN\nCOPY --from=0 --chown=1 x y\n'],
  ['FROM a:1\nCOPY --from=b:1 x y\n', 'FROM a:1@PIN\nCOPY --from=b:1@PIN x y\n'],
  [
    'FROM a:1\nRUN --mount=type=bind,from=b:1,target=/x --mount=from=c,type=cache x from=d:1\n',
    'FROM a:1@PIN\nRUN --mount=type=bind,from=b:1@PIN,target=/x --mount=from=c:latest@PIN,type=cache x from=d:1\n',
  ],
  ['FROM a:1\nRUN --mount=type=bind,"from=b:1" x\n', 'FROM a:1@PIN\nRUN --mount=type=bind,"from=b:1@PIN" x\n'],
  ['FROM a:1\nONBUILD COPY --from=b:1 x y\n', 'FROM a:1@PIN\nONBUILD COPY --from=b:1@PIN x y\n'],
  [
    'FROM a:1\nRUN <<EOF\nFROM b:1\nEOF\nCOPY <<X /x\nFROM c\nX\n',
    'FROM a:1@PIN\nRUN <<EOF\nFROM b:1\nEOF\nCOPY <<X /x\nFROM c\nX\n',
  ],
  ['FROM localhost:5000/a\n', 'FROM localhost:5000/a:latest@PIN\n'],
  ['ARG B=base\nFROM a:1 AS base\nFROM $B\n', 'ARG B=base\nFROM a:1@PIN AS base\nFROM $B\n'],
  ['# FROM a:1\n', '# FROM a:1\n'],
  ['', ''],
])('%j', (text, expected) => {
  expect(pinText(findSites, text)).toEqual({ text: expected, open: [] });
});

test.each([
  ['FROM a:${V}\n', 'FROM: a variable decides it'],
  ['ARG V\nFROM $V\n', 'FROM: the argument V decides it, which has no default before the first FROM'],
  ['FROM ${V:-a:1}\n', 'FROM: a variable decides it'],
  ['ARG A=a ARG B=$A:1\nFROM $B\n', 'ARG B: a variable decides it'],
  ['FROM {{ base }}\n', 'FROM: a template decides it'],
  ['FROM a:1\nCOPY --from=$X a b\n', 'COPY --from: a variable decides it'],
  ['FROM a:\\\n1\n', 'FROM: it is written with escapes or over several lines'],
])('%j is not pinnable', (text, reason) => {
  const { text: after, open } = pinText(findSites, text);
  expect(open).toEqual([reason]);
  expect(after.replaceAll('@PIN', '')).toBe(text);
});

test('an argument declared in a stage is none of a base', () => {
  expect(pinText(findSites, 'FROM a:1\nARG B=b:1\nFROM $B\n').open).toHaveLength(1);
});

test('a comment at the start that keeps the parser busy is refused, a long line elsewhere is not', () => {
  const long = '#'.repeat(100_000);
  for (const text of [long, `# syntax=a:1\n${long}\nFROM a:1`]) {
    expect(() => pinnedText(findSites, text)).toThrow(expect.objectContaining({ code: 'PIN_FILE_INVALID' }));
  }
  expect(pinText(findSites, `FROM a:1\n${long}\n`).text).toBe(`FROM a:1@PIN\n${long}\n`);
});

test('line ends that docker does not know are refused', () => {
  expect(() => pinnedText(findSites, 'FROM a:1\rFROM b:1')).toThrow(
    expect.objectContaining({ code: 'PIN_FILE_INVALID' }),
  );
});
