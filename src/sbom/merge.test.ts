import { expect, test } from 'vitest';
import { makePackage } from '../../testkit/inventory.ts';
import { documentId, makeBom, makeFullBom, throughFormat } from '../../testkit/sbom.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import { toInventory } from './inventory/to-inventory.ts';
import { mergeBoms } from './merge.ts';
import type { DecodedBom } from './model.ts';

const options = { name: 'shop', id: documentId, created: new Date(0), tool: { name: 'plimsoll', version: '1' } };

function read(bom: Parameters<typeof throughFormat>[0], format = 'cyclonedx'): Promise<DecodedBom> {
  return throughFormat(bom, format);
}

test('the new subject contains the old ones, and every component is there once', async () => {
  const first = await read(makeFullBom());
  const lock = {
    target: 'lock',
    class: 'lang-pkgs',
    type: 'npm',
    packages: [makePackage('a@1', { purl: 'pkg:npm/a@1' })],
    findings: [],
  } as const;
  const second = await read(makeBom([lock], { subject: { kind: 'container', name: 'other' } }));
  const merged = mergeBoms([first, second, first], options);
  expect(merged.subject).toMatchObject({ name: 'shop', kind: 'application' });
  expect(merged.components).toHaveLength(first.components.length + second.components.length + 2);
  expect(new Set(merged.components.map(({ ref }) => ref)).size).toBe(merged.components.length);
  const contained = merged.relations.filter(({ from }) => from === merged.subject?.ref).map(({ to }) => to);
  expect(contained).toEqual([first.subject?.ref, second.subject?.ref]);
});

test('two things under one reference stay two, each with what is its own', async () => {
  const withVersion = (version: string): Promise<DecodedBom> => {
    const packages = [makePackage('a@1', { purl: 'pkg:npm/a@1', filePath: version }), makePackage(`b@${version}`)];
    return read(makeBom([{ target: 'x', class: 'lang-pkgs', type: 'npm', packages, findings: [] }]));
  };
  const merged = mergeBoms([await withVersion('1'), await withVersion('2')], options);
  const packages = merged.components.filter(({ name }) => name === 'a');
  expect(packages.map(({ files }) => files?.[0]?.path)).toEqual(['1', '2']);
  const refs = new Set(merged.components.map(({ ref }) => ref));
  expect(merged.relations.every(({ to }) => refs.has(to))).toBe(true);
});

test('gaps of a part are gaps of the whole', async () => {
  const merged = mergeBoms([await read(makeFullBom())], options);
  const notes = (await read(merged).then((bom) => toInventory(bom, ecosystems.all))).coverage.notes;
  expect(notes.map(({ code }) => code)).toContain('sbom-incomplete');
});

test.each(['cyclonedx', 'cyclonedx-xml', 'spdx', 'spdx-json'])(
  'what %s says of source packages survives any format',
  async (format) => {
    for (const target of ['cyclonedx', 'spdx-json']) {
      const merged = mergeBoms([await read(makeFullBom(), format)], options);
      const { systemPackages } = toInventory(await read(merged, target), ecosystems.all);
      expect(systemPackages.find(({ name }) => name === 'liba')?.source).toMatchObject({ name: 'a' });
    }
  },
);
