/** Bundles the command line program: one small entry, every command and format a chunk that is loaded when used. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { builtins } from './builtins.ts';
import { type Base, splitBy } from './splitting.ts';

const root = join(import.meta.dirname, '../..');
const at = (path: string): string => join(root, 'src', path);
const outdir = join(root, 'dist/cli');

const shared: BuildOptions = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // Paths of the configuration stand for declarations only.
  tsconfigRaw: '{}',
  logLevel: 'warning',
  // The import of a base is there for what it says, not for what it does.
  logOverride: { 'ignored-bare-import': 'silent' },
};

/** The files that are loaded with `entry`, before anything is imported on demand. */
async function loadedWith(entry: string): Promise<ReadonlySet<string>> {
  const plugins = [splitBy([]), builtins];
  const { metafile } = await build({ ...shared, entryPoints: [entry], plugins, metafile: true, write: false });
  const files = new Set<string>();
  const outputs = Object.entries(metafile.outputs);
  const seen = new Set(
    outputs.flatMap(([name, { entryPoint }]) => (join(root, entryPoint ?? '') === entry ? [name] : [])),
  );
  for (const name of seen) {
    const output = metafile.outputs[name];
    for (const input of Object.keys(output?.inputs ?? {})) files.add(join(root, input));
    for (const { path, kind } of output?.imports ?? []) if (kind === 'import-statement') seen.add(path);
  }
  return files;
}

/** What answers --version, without the rest. */
const apart: ReadonlySet<string> = new Set([at('cli/main.ts'), at('cli/version.ts')]);
const start = await loadedWith(at('cli/run.ts'));
const bases: readonly Base[] = [
  { path: at('cli/run.ts'), without: (path) => apart.has(path) },
  { path: at('app/index.ts'), without: (path) => apart.has(path) || start.has(path) },
];

rmSync(outdir, { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: ['src/cli/main.ts'],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'external',
  plugins: [splitBy(bases), builtins],
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS dependencies call require for Node's own modules.
  banner: {
    js: "import { createRequire as plimsollRequire } from 'node:module';const require = plimsollRequire(import.meta.url);",
  },
});
