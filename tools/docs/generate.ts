/**
 * Writes the reference documents from the descriptors of options, commands and errors; with `--check` only compares, and
 * fails when one is out of date.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandPages } from './commands.ts';
import { configurationPage } from './configuration.ts';
import { errorsPage } from './errors.ts';

const root = join(import.meta.dirname, '../..');
const pages = new Map([
  ['docs/configuration.md', configurationPage()],
  ['docs/errors.md', await errorsPage(root)],
  ...(await commandPages()),
]);

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

const stale = readdirSync(join(root, 'docs/cli'))
  .map((name) => `docs/cli/${name}`)
  .filter((path) => !pages.has(path));
const changed = [...pages].filter(([path, text]) => read(path) !== text).map(([path]) => path);

if (process.argv.includes('--check')) {
  const wrong = [...changed, ...stale];
  if (wrong.length > 0) console.error(`Out of date: ${wrong.join(', ')}. Run \`npm run docs\`.`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} else {
  for (const path of stale) rmSync(join(root, path));
  for (const path of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), pages.get(path) ?? '');
  }
}
