/** Bundles the command line program: one small entry, every command and format a chunk that is loaded when used. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const outdir = join(root, 'dist/cli');

rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'external',
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS dependencies call require for Node's own modules.
  banner: {
    js: "import { createRequire as plimsollRequire } from 'node:module';const require = plimsollRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
