import { expect, test } from 'vitest';
import { makeFullBom } from '../../testkit/sbom.ts';
import type { Bom } from './model.ts';
import { scoreBom } from './score.ts';

const nothing: Bom = { document: { tools: [], authors: [] }, components: [], relations: [], vulnerabilities: [] };

test('an SBOM of nothing has nothing', () => {
  expect(scoreBom(nothing).map(({ list, points }) => [list, points])).toEqual([
    ['ntia-2021', 0],
    ['cisa-2025', 0],
  ]);
});

test('what one package lacks is named', () => {
  const full = {
    ref: 'a',
    kind: 'library',
    name: 'a',
    version: '1',
    purl: 'pkg:npm/a@1',
    supplier: 'A',
    licenses: ['MIT'],
  } as const;
  const bom: Bom = {
    document: { tools: [{ name: 't' }], authors: ['A'], created: '2030-01-02T03:04:05Z', lifecycles: ['build'] },
    components: [
      { ...full, hashes: [{ algorithm: 'sha1', value: '00' }] },
      { ref: 'b', kind: 'library', name: 'b', purl: 'junk' },
    ],
    relations: [{ from: 'x', to: 'a', kind: 'contains' }],
    vulnerabilities: [],
  };
  const scores = scoreBom(bom);
  const partly = scores.flatMap(({ elements }) => elements.filter(({ present, total }) => present < total));
  expect(new Set(partly.map(({ title }) => title))).toEqual(
    new Set([
      'Supplier name',
      'Software producer',
      'Component version',
      'Unique identifier',
      'Software identifiers',
      'Component hash',
      'License',
      'Dependency relationship',
    ]),
  );
  expect(partly.every(({ present, total, missing }) => present === 1 && total === 2 && missing[0] === 'b@')).toBe(true);
  expect(scores.map(({ points }) => points)).toEqual([71, 72]);
});

test('ours lack what nobody told them', () => {
  const [ntia, cisa] = scoreBom(makeFullBom());
  const lacks = [ntia, cisa].map((score) =>
    score?.elements.filter(({ present, total }) => present < total).map(({ title }) => title),
  );
  expect(lacks[0]).toEqual(['Supplier name']);
  expect(lacks[1]).toEqual(['SBOM author', 'Software producer', 'Component hash', 'License']);
});
