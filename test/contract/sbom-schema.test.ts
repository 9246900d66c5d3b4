import { expect, test } from 'vitest';
import { loadSbomWriter } from '../../src/sbom/operations.ts';
import { sbomFormats } from '../../src/sbom/registry.ts';
import { makeBom, makeFullBom } from '../../testkit/sbom.ts';
import { schemaViolations } from '../../tools/compare-sbom/schema.ts';

const written = sbomFormats.all
  .filter(({ standard }) => standard === 'CycloneDX')
  .flatMap(({ id, writes }) => writes.map((version) => [id, version] as const));

test.each(written)('%s %s follows the schema, and breaking it would be seen', async (id, version) => {
  const write = await loadSbomWriter(id);
  const text = write(makeFullBom(), version);
  expect(await schemaViolations(id, version, text)).toEqual([]);
  expect(await schemaViolations(id, version, write(makeBom([]), version))).toEqual([]);
  expect(await schemaViolations(id, version, text.replace('container', 'moon'))).not.toEqual([]);
});
