import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { describeError, isAppError } from '../../src/core/index.ts';
import type { Case } from './corpus.ts';
import { DatabaseCopies } from './database-copy.ts';
import { compareReports, isEqual, type ReportDifference } from './difference.ts';
import type { Json } from './json.ts';
import { scanAgain } from './scan.ts';

/** How one image came out. */
export interface Outcome {
  readonly name: string;
  readonly reference: string;
  readonly milliseconds: number;
  readonly equal: boolean;
  readonly difference?: ReportDifference;
  /** Why the scan failed, when it did. */
  readonly error?: string;
}

/** Scans and compares every case. Scans run in `directory`, so that names are as they were when the references were made. */
export async function runCases(cases: readonly Case[], directory: string): Promise<Outcome[]> {
  const copies = new DatabaseCopies();
  const started = process.cwd();
  process.chdir(directory);
  try {
    const outcomes: Outcome[] = [];
    for (const one of cases) outcomes.push(await runCase(one, copies.of(one.cacheDir)));
    return outcomes;
  } finally {
    process.chdir(started);
    copies.remove();
  }
}

async function runCase({ name, image, reference }: Case, cacheDir: string): Promise<Outcome> {
  const start = performance.now();
  const taken = (): number => Math.round(performance.now() - start);
  const common = { name, reference: relative(process.cwd(), reference) };
  try {
    const expected = JSON.parse(readFileSync(reference, 'utf8')) as Json;
    const actual = await scanAgain(expected, relative(process.cwd(), resolve(image)), cacheDir);
    const milliseconds = taken();
    const difference = compareReports(expected, actual);
    return { ...common, milliseconds, equal: isEqual(difference), difference };
  } catch (error) {
    const code = isAppError(error) ? `${error.code}: ` : '';
    return { ...common, milliseconds: taken(), equal: false, error: code + describeError(error) };
  }
}
