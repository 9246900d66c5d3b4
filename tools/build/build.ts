/** Bundles the command line program: one small entry, every command and format a chunk that is loaded when used. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { builtins } from './builtins.ts';
import { type Base, splitBy } from './splitting.ts';
import { withoutFacades } from './tighten.ts';

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
  // Its other form loads its parts in a way that cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // Paths of the configuration stand for declarations only.
  tsconfigRaw: '{}',
  logLevel: 'warning',
  // The import of a base is there for what it says, not for what it does.
  logOverride: { 'ignored-bare-import': 'silent' },
};

/** What is known of everything that `entry` leads to. */
async function analyse(entry: string): Promise<Metafile> {
  const plugins = [splitBy([]), builtins];
  return (await build({ ...shared, entryPoints: [entry], plugins, metafile: true, write: false })).metafile;
}

/** The files that are loaded with `entry`, before anything is imported on demand. */
function loadedWith(entry: string, metafile: Metafile): ReadonlySet<string> {
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

async function loadedAlone(entry: string): Promise<ReadonlySet<string>> {
  return loadedWith(entry, await analyse(entry));
}

/** The files that can be reached from `entry` by imports of these kinds. */
function closureOf(entry: string, { inputs }: Metafile, kinds: readonly string[]): ReadonlySet<string> {
  const files = new Set([entry]);
  for (const file of files) {
    for (const { path, external, kind } of inputs[relative(root, file)]?.imports ?? []) {
      if (external !== true && kinds.includes(kind)) files.add(join(root, path));
    }
  }
  return files;
}

const anyImport = ['import-statement', 'dynamic-import', 'require-call'];
/** What answers --version, without the rest. */
const apart: ReadonlySet<string> = new Set([at('cli/main.ts'), at('cli/version.ts'), at('cli/compiled-code.ts')]);
const whole = await analyse(at('cli/run.ts'));
const start = loadedWith(at('cli/run.ts'), whole);
/** What a scan needs before it knows whether its report is kept. */
const keeping = new Set([
  ...(await loadedAlone(at('cli/commands/image/run.ts'))),
  ...(await loadedAlone(at('app/scan-image-text.ts'))),
]);
const scanning = closureOf(at('app/scan-image.ts'), whole, anyImport);
/** What verification of an image in a registry needs. */
const verification = [
  'cli/commands/verify/run.ts',
  'app/verify/image.ts',
  'app/registry-access.ts',
  'oci/remote-access.ts',
  'net/fetch.ts',
].map(at);
const verifying = new Set(verification.flatMap((entry) => [...closureOf(entry, whole, ['import-statement'])]));
const bases: readonly Base[] = [
  { paths: [at('cli/run.ts')], without: (path) => apart.has(path) },
  { paths: verification, without: (path) => apart.has(path) || start.has(path) || keeping.has(path) },
  {
    paths: [at('app/scan-image-text.ts')],
    without: (path) => apart.has(path) || start.has(path) || verifying.has(path),
  },
  {
    paths: [at('app/scan-image.ts')],
    without: (path) =>
      apart.has(path) || start.has(path) || keeping.has(path) || !scanning.has(path) || verifying.has(path),
  },
];

/** Digest of all sources, so that what is kept between runs is known to be of the same program. */
function digestOf({ inputs }: Metafile): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(inputs).sort()) {
    if (!path.includes(':')) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** CommonJS dependencies call require for Node's own modules; it is made when one does, not when the program starts. */
const makeRequire =
  "const require = (name) => process.getBuiltinModule('node:module').createRequire(import.meta.url)(name);\n";

const { outputFiles } = await build({
  ...shared,
  entryPoints: ['src/cli/main.ts'],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'external',
  define: { PLIMSOLL_BUILD: JSON.stringify(digestOf(whole)) },
  plugins: [splitBy(bases), builtins],
  chunkNames: 'chunks/[name]-[hash]',
  write: false,
});
rmSync(outdir, { recursive: true, force: true });
mkdirSync(join(outdir, 'chunks'), { recursive: true });
const outputs = withoutFacades(new Map(outputFiles.map(({ path, text }) => [path, text])));
for (const [path, text] of outputs) writeFileSync(path, /\brequire\b/.test(text) ? makeRequire + text : text);
