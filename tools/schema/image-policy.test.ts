import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { imagePolicySchema } from '../../src/policy/dialects/plimsoll/schema.ts';

const path = join(import.meta.dirname, '../../schemas/image-policy.schema.json');
const published = JSON.parse(readFileSync(path, 'utf8'));

test('the published schema of ImagePolicy is the one that files are checked by', () => {
  expect(published).toEqual(z.toJSONSchema(imagePolicySchema));
  const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(published);
  const document = {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'ImagePolicy',
    metadata: { name: 'p' },
    spec: { images: ['**'], require: { sbom: 'attested' } },
  };
  expect(validate(document)).toBe(true);
  expect(validate({ ...document, spec: { ...document.spec, other: 1 } })).toBe(false);
});
