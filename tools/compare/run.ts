import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { describeError, isAppError } from '../../src/core/index.ts';
import type { Case } from './corpus.ts';
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
  const copies = new Map<string, string>();
  const started = process.cwd();
  process.chdir(directory);
  try {
    const outcomes: Outcome[] = [];
    for (const one of cases) outcomes.push(await runCase(one, copyOf(one.cacheDir, copies)));
    return outcomes;
  } finally {
    process.chdir(started);
    for (const copy of copies.values()) rmSync(copy, { recursive: true, force: true });
  }
}

/** Tools write their caches beside a database, so it is never used where it lies. */
function copyOf(cacheDir: string, copies: Map<string, string>): string {
  const known = copies.get(cacheDir);
  if (known !== undefined) return known;
  const copy = mkdtempSync(join(tmpdir(), 'plimsoll-compare-'));
  copies.set(cacheDir, copy);
  for (const part of ['db', 'java-db'].filter((name) => existsSync(join(cacheDir, name)))) {
    cpSync(join(cacheDir, part), join(copy, part), { recursive: true });
  }
  return copy;
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
