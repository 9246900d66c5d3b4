import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { loadSbomWriter } from '../../src/sbom/index.ts';
import { sbomFormats } from '../../src/sbom/registry.ts';
import { makeBom, makeFullBom } from '../../testkit/sbom.ts';

const require = createRequire(import.meta.url);

/** CycloneDX's own schemas, as its library ships them. */
const schemas = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');

function readSchema(name: string): object {
  return JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
}

/** What is wrong with a document, in words; nothing when it follows the schema. */
async function violations(version: string, text: string): Promise<string[]> {
  const formats = await import('ajv-formats');
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default.default(ajv);
  for (const name of ['idn-email', 'iri-reference']) ajv.addFormat(name, true);
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema(readSchema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const validate = ajv.compile(readSchema(`bom-${version}`));
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const written = sbomFormats.all
  .filter(({ id }) => id === 'cyclonedx-json')
  .flatMap(({ id, writes }) => writes.map((version) => [id, version] as const));

test.each(written)('%s %s follows the schema', async (id, version) => {
  const write = await loadSbomWriter(id);
  expect(await violations(version, write(makeFullBom(), version))).toEqual([]);
  expect(await violations(version, write(makeBom([]), version))).toEqual([]);
});

test('the schema refuses what it should', async () => {
  const write = await loadSbomWriter('cyclonedx-json');
  const text = write(makeFullBom(), '1.6').replace('"type": "container"', '"type": "moon"');
  expect(await violations('1.6', text)).not.toEqual([]);
});
