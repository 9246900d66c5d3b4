/**
 * Writes what is made of the Helm chart: its README, the chart as `plimsoll admission install` carries it, and the plain
 * manifests; with `--check` only compares, and fails when one is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeChartOutputs } from './outputs.ts';

const root = join(import.meta.dirname, '../..');
const outputs = Object.entries(await makeChartOutputs(root));
const changed = outputs.filter(([path, text]) => read(path) !== text);

if (process.argv.includes('--check')) {
  for (const [path] of changed) console.error(`Out of date: ${path}. Run \`npm run chart\`.`);
  process.exitCode = changed.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of changed) writeFileSync(join(root, path), text);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
