import { expect, test } from 'vitest';
import { makePackage } from '../../../testkit/inventory.ts';
import type { Package } from '../../core/index.ts';
import { traceDependencies } from './dependency-paths.ts';

function pkg(id: string, dependsOn: readonly string[] = [], parts: Partial<Package> = {}): Package {
  return { ...makePackage(`${id}@1`), id, dependsOn, ...parts };
}

function pathsTo(id: string, packages: readonly Package[]): string[] {
  const wanted = packages.find((one) => one.id === id) ?? pkg('none');
  return traceDependencies(packages)(wanted).map((path) => path.map((name) => name.replace('@1', '')).join(' '));
}

test('chains begin at what the project names, the shortest first', () => {
  const packages = [
    pkg('app', ['web', 'log'], { relationship: 'root' }),
    pkg('web', ['parse'], { relationship: 'direct' }),
    pkg('parse', ['qs']),
    pkg('log', ['qs'], { relationship: 'direct' }),
    pkg('qs'),
  ];
  expect(pathsTo('qs', packages)).toEqual(['log qs', 'web parse qs']);
  expect(pathsTo('web', packages)).toEqual(['app web']);
  expect(pathsTo('app', packages)).toEqual([]);
});

test('without relationships they begin at what nothing needs', () => {
  expect(pathsTo('c', [pkg('c'), pkg('b', ['c']), pkg('a', ['b', 'a', 'missing'])])).toEqual(['a b c']);
});

test('circles end', () => {
  const packages = [pkg('a', ['b']), pkg('b', ['c']), pkg('c', ['a'])];
  expect(pathsTo('a', packages)).toEqual(['c a']);
});

test('no more than three, and the middle of a long one is left out', () => {
  const many = [...Array.from({ length: 30 }, (_, index) => pkg(`p${index}`, ['x'])), pkg('x')];
  expect(pathsTo('x', many)).toHaveLength(3);
  const chain = Array.from({ length: 50_000 }, (_, index) => pkg(`p${index}`, [`p${index + 1}`]));
  expect(pathsTo('p30', chain)[0]).toBe('p0 p1 p2 p3 p4 p5 … p25 p26 p27 p28 p29 p30');
  expect(pathsTo('p49999', chain)[0]).toMatch(/ … p49994 /);
});
