import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../src/core/index.ts';
import type { Component } from '../../src/sbom/model.ts';
import { composeBom, loadSbomWriter, readBom } from '../../src/sbom/operations.ts';
import { sbomFormats } from '../../src/sbom/registry.ts';
import { damagedFiles } from '../../testkit/damage.ts';
import { makeBom, makeFullBom, throughFormat } from '../../testkit/sbom.ts';

const folder = join(import.meta.dirname, '../../src/sbom/formats');
const mebibyte = 2 ** 20;

test('every folder of a format is registered under its name', () => {
  expect(sbomFormats.all.map(({ id }) => id).sort()).toEqual(readdirSync(folder).sort());
});

/** What a component says that every format can hold. */
function essence(component: Component): object {
  const { kind, purl, version, supplier, hashes } = component;
  return { kind, purl, version, supplier, hashes, name: nameOf(component), properties: toTexts(component) };
}

function nameOf({ group, name }: Component): string {
  return group === undefined ? name : `${group}${group.startsWith('@') ? '/' : ':'}${name}`;
}

/** SPDX says in a field of its own what a package was built from. */
function toTexts({ properties = [] }: Component): string[] {
  return properties
    .map(({ name, value }) => `${name}=${value}`)
    .filter((text) => !/^aquasecurity:trivy:Src/.test(text));
}

function byText(items: readonly object[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}

describe.each(sbomFormats.all)('$id', (format) => {
  test.each(format.writes)('what is written in version %s is read back', async (version) => {
    const bom = makeFullBom();
    const read = await throughFormat(bom, format.id, version);
    expect(read.standard).toBe(`${format.standard} ${version}`);
    expect(byText(read.components.map(essence))).toEqual(byText(bom.components.map(essence)));
    expect(essence(read.subject ?? bom.components[0] ?? { ref: '', kind: 'other', name: '' })).toEqual(
      essence(bom.subject ?? { ref: '', kind: 'other', name: '' }),
    );
    expect(read.relations).toHaveLength(bom.relations.length);
    expect(read.document.tools.map(({ name, version: release }) => [name, release])).toEqual([['plimsoll', '1.2.3']]);
    expect(read.document.created).toBe('2030-01-02T03:04:05Z');
  });

  test('the same content gives the same text, with a line break at its end', async () => {
    const write = await loadSbomWriter(format.id);
    const text = write(makeFullBom(), undefined);
    expect(write(makeFullBom(), undefined)).toBe(text);
    expect(text).toMatch(/\S\n$/);
  });

  test('a version that is not written is refused', async () => {
    const write = await loadSbomWriter(format.id);
    expect(() => write(makeFullBom(), '0.9')).toThrowCode('SBOM_VERSION_NOT_WRITTEN');
  });

  test('damage gives an SBOM of bounded size or a coded error', async () => {
    const write = await loadSbomWriter(format.id);
    const sound = Buffer.from(write(makeFullBom(), undefined));
    for (const { damage, bytes } of damagedFiles(sound, 25)) {
      const outcome = await readBom(bytes).catch((error: unknown) => {
        if (isAppError(error)) return error.code;
        throw new Error(`${damage}: not a coded error`, { cause: error });
      });
      expect(JSON.stringify(outcome).length, damage).toBeLessThan(mebibyte + 20 * bytes.length);
    }
  });

  test('whatever text a package has, it comes back, and acts on nothing on the way', async () => {
    const write = await loadSbomWriter(format.id);
    const texts = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom(
        '\u001b[2J',
        '\u202e',
        '\ud800',
        '</text>',
        '<text>',
        ']]>',
        '&amp;',
        '__proto__',
        'a\nb',
        '# x',
        'é',
      ),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const pkg = {
          name: 'a',
          version: '1',
          id: text,
          filePath: text,
          maintainer: text,
          licenses: [text],
          purl: 'pkg:npm/a@1',
        };
        const bom = makeBom([{ target: text, class: 'lang-pkgs', type: 'npm', packages: [pkg], findings: [] }]);
        const written = write(bom, undefined);
        expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
        expect(written.isWellFormed()).toBe(true);
        const read = await readBom(Buffer.from(written));
        expect(read.components.find(({ purl }) => purl === 'pkg:npm/a@1')).toMatchObject({ name: 'a', version: '1' });
      }),
      { numRuns: 50 },
    );
  });

  test('an SBOM of nothing is written and read', async () => {
    const read = await throughFormat(makeBom([]), format.id);
    expect(read.components).toEqual([]);
  });

  test('twenty thousand packages take no more than linear time and come back', async () => {
    const packages = Array.from({ length: 20_000 }, (_, index) => ({
      id: `p${index}@1`,
      name: `p${index}`,
      version: '1',
      purl: `pkg:npm/p${index}@1`,
      dependsOn: [`p${(index * 7) % 20_000}@1`],
    }));
    const bom = composeBom({
      ...{ id: 'x', created: new Date(0), tool: { name: 't' }, subject: { kind: 'container', name: 'a' } },
      results: [{ target: 'lock', class: 'lang-pkgs', type: 'npm', packages, findings: [] }],
      notes: [],
      ownProperties: true,
    });
    const read = await throughFormat(bom, format.id);
    expect(read.components).toHaveLength(20_001);
  });
});
