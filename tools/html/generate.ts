/**
 * Bundles the script and the style of the HTML report into `src/reports/html/browser-bundle.ts`; with `--check` only
 * compares, and fails when that file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'src/reports/html');
const target = join(folder, 'browser-bundle.ts');

async function bundle(entry: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    // Text outside of ASCII is written as escapes, so that the page is the same in every encoding.
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  });
  return outputFiles?.[0]?.text.trim() ?? '';
}

const script = await bundle('browser/main.ts', { format: 'iife', target: 'es2023', tsconfigRaw: '{}' });
const style = await bundle('style/page.css');
const text = `/** Made by \`npm run html\` from \`browser\` and \`style\`; a test holds it to them. */
export const script: string =
  ${JSON.stringify(script)};

export const style: string =
  ${JSON.stringify(style)};
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('Out of date: src/reports/html/browser-bundle.ts. Run `npm run html`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
