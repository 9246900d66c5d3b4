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

/** The same by the schema of the XML form. */
async function xmlViolations(version: string, contents: string): Promise<string[]> {
  const { validateXML } = await import('xmllint-wasm');
  const schema = (fileName: string): { fileName: string; contents: string } => ({
    fileName,
    contents: readFileSync(join(schemas, fileName), 'utf8'),
  });
  const { errors } = await validateXML({
    xml: [{ fileName: 'bom.xml', contents }],
    schema: [schema(`bom-${version}.SNAPSHOT.xsd`)],
    preload: [schema('spdx.SNAPSHOT.xsd')],
    initialMemoryPages: 512,
    maxMemoryPages: 2048,
  });
  return errors.map(({ message }) => message);
}

const checks: Readonly<Record<string, (version: string, text: string) => Promise<string[]>>> = {
  cyclonedx: violations,
  'cyclonedx-xml': xmlViolations,
};

const written = sbomFormats.all.flatMap(({ id, writes }) =>
  id in checks ? writes.map((version) => [id, version] as const) : [],
);

test.each(written)('%s %s follows the schema, and breaking it would be seen', async (id, version) => {
  const write = await loadSbomWriter(id);
  const check = checks[id] ?? violations;
  const text = write(makeFullBom(), version);
  expect(await check(version, text)).toEqual([]);
  expect(await check(version, write(makeBom([]), version))).toEqual([]);
  expect(await check(version, text.replace('container', 'moon'))).not.toEqual([]);
});
