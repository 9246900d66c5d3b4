import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { imagePolicySchema } from '../../src/policy/dialects/plimsoll/schema.ts';
import { makeReportSchema } from './report.ts';

/** Writes the published JSON schemas; a test compares them with what is committed. */
const directory = join(import.meta.dirname, '../../schemas');
writeFileSync(join(directory, 'plimsoll-report.schema.json'), `${JSON.stringify(makeReportSchema(), undefined, 2)}\n`);
writeFileSync(
  join(directory, 'image-policy.schema.json'),
  `${JSON.stringify(z.toJSONSchema(imagePolicySchema), undefined, 2)}\n`,
);
