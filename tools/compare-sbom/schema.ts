import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

const require = createRequire(import.meta.url);

/** CycloneDX's own schemas, as its library ships them. */
const schemas = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');

/** What breaks the schema that a standard has for a format; always nothing for those that have none. */
export async function schemaViolations(format: string, version: string, text: string): Promise<string[]> {
  if (format === 'cyclonedx') return jsonViolations(version, text);
  return format === 'cyclonedx-xml' ? xmlViolations(version, text) : [];
}

const compiled = new Map<string, ValidateFunction>();

async function jsonViolations(version: string, text: string): Promise<string[]> {
  const validate = compiled.get(version) ?? (await compile(version));
  compiled.set(version, validate);
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

async function compile(version: string): Promise<ValidateFunction> {
  const formats = await import('ajv-formats');
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default.default(ajv);
  for (const name of ['idn-email', 'iri-reference']) ajv.addFormat(name, true);
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema(readSchema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(readSchema(`bom-${version}`));
}

function readSchema(name: string): object {
  return JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
}

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
    maxMemoryPages: 8192,
  });
  return errors.map(({ message }) => message);
}
