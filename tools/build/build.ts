/** Bundles the command line program: one small entry, every command and format a chunk that is loaded when used. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { builtins } from './builtins.ts';
import { splitBy } from './splitting.ts';

const root = join(import.meta.dirname, '../..');
/** What answers --version, without the rest. */
const apart = ['main.ts', 'version.ts'].map((name) => join(root, 'src/cli', name));
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
  plugins: [splitBy(join(root, 'src/cli/run.ts'), apart), builtins],
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS dependencies call require for Node's own modules.
  banner: {
    js: "import { createRequire as plimsollRequire } from 'node:module';const require = plimsollRequire(import.meta.url);",
  },
  logLevel: 'warning',
  // The import of the base is there for what it says, not for what it does.
  logOverride: { 'ignored-bare-import': 'silent' },
});
