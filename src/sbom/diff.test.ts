import { describe, expect, test } from 'vitest';
import { type BomDifference, diffBoms } from './diff.ts';
import type { Bom, Component } from './model.ts';

function bom(...components: readonly (Partial<Component> | string)[]): Bom {
  return {
    document: { tools: [], authors: [] },
    components: components.map((part, index): Component => {
      const given = typeof part === 'string' ? { purl: part } : part;
      const [, name = 'x', version] = /\/([^/@]+)@([^?]+)/.exec(given.purl ?? '') ?? [];
      return { ref: String(index), kind: 'library', name, ...(version !== undefined && { version }), ...given };
    }),
    relations: [],
    vulnerabilities: [],
  };
}

function shown({ added, removed, changed }: BomDifference): string[] {
  return [
    ...added.map(({ name, version }) => `+ ${name} ${version}`),
    ...removed.map(({ name, version }) => `- ${name} ${version}`),
    ...changed.map(({ name, before, after }) => `~ ${name} ${before.version} ${after.version}`),
  ];
}

test.each<[string, Bom, Bom, string[]]>([
  ['nothing', bom('pkg:npm/a@1'), bom('pkg:npm/a@1'), []],
  ['a package more and one less', bom('pkg:npm/a@1'), bom('pkg:npm/b@1'), ['+ b 1', '- a 1']],
  ['another version', bom('pkg:npm/a@1'), bom('pkg:npm/a@2'), ['~ a 1 2']],
  ['the same twice', bom('pkg:npm/a@1', 'pkg:npm/a@1'), bom('pkg:npm/a@1'), []],
  ['one version of several', bom('pkg:npm/a@1', 'pkg:npm/a@2'), bom('pkg:npm/a@1', 'pkg:npm/a@3'), ['~ a 2 3']],
  ['a version more', bom('pkg:npm/a@1'), bom('pkg:npm/a@1', 'pkg:npm/a@2'), ['+ a 2']],
  ['qualifiers, which are no identity', bom('pkg:npm/a@1?x=1'), bom('pkg:npm/a@1?x=2'), []],
  ['another ecosystem', bom('pkg:npm/a@1'), bom('pkg:pypi/a@1'), ['+ a 1', '- a 1']],
  [
    'the operating system',
    bom({ kind: 'operating-system', name: 'debian', version: '12.4' }),
    bom({ kind: 'operating-system', name: 'debian', version: '12.5' }),
    ['~ debian 12.4 12.5'],
  ],
  [
    'images and files',
    bom({ kind: 'container', name: 'i' }),
    bom({ kind: 'file', name: 'f' }, { kind: 'application', name: 'a' }),
    [],
  ],
])('%s', (_, before, after, expected) => {
  expect(shown(diffBoms(before, after))).toEqual(expected);
});

describe('licences', () => {
  test.each<[string[] | undefined, string[] | undefined, boolean]>([
    [['MIT'], ['ISC'], true],
    [['MIT'], ['MIT', 'ISC'], true],
    [['MIT', 'ISC'], ['ISC AND MIT'], false],
    [['GPLv2+'], ['GPL-2.0-or-later'], false],
    [['MIT OR ISC'], ['MIT'], true],
    [['MIT'], undefined, false],
    [undefined, ['MIT'], false],
  ])('%j to %j: changed %s', (before, after, changed) => {
    const of = (licenses: string[] | undefined): Bom => bom({ purl: 'pkg:npm/a@1', ...(licenses && { licenses }) });
    expect(diffBoms(of(before), of(after)).changed).toHaveLength(changed ? 1 : 0);
  });
});
