import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeReportSchema } from './report.ts';

/** Writes the published JSON schemas; a test compares them with what is committed. */
const directory = join(import.meta.dirname, '../../schemas');
writeFileSync(join(directory, 'plimsoll-report.schema.json'), `${JSON.stringify(makeReportSchema(), undefined, 2)}\n`);
