import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where a name that a barrel exports is defined. */
interface Definition {
  readonly file: string;
  readonly name: string;
}

const imports = /^import \{([^{}]*)\} from '(\.[^']*\/index\.ts)';$/gm;
const onDemand = /const \{([^{}]*)\} = await import\('(\.[^']*\/index\.ts)'\);/g;
const exports = /^export (type )?\{([^{}]*)\} from '(\.[^']*)';$/gm;

/** Files that are needed together, and who need not have them. */
export interface Base {
  /** The files that all of them are reached from. */
  readonly paths: readonly string[];
  readonly without: (path: string) => boolean;
}

/**
 * Makes few chunks; the bundler splits by file and by who reaches it.
 *
 * Each import of a room's `index.ts`, on demand or not, leads to the file that defines the name: through an index, whoever needs one name of
 * a room would load every file of it that anyone needs. And every file imports the bases, which were loaded before it
 * anyway: so all that a base needs becomes one chunk, not one for each set of files that share a part of it.
 */
export function splitBy(bases: readonly Base[]): Plugin {
  return {
    name: 'split-by',
    setup(build) {
      build.onResolve({ filter: /^base:/ }, ({ path }) => ({ path: path.slice('base:'.length), sideEffects: true }));
      build.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
        const wanted = bases
          .filter((base) => !base.without(path))
          .flatMap(({ paths }) => paths.map((from) => `import 'base:${from}';`));
        const source = rewriteImports(await readFile(path, 'utf8'), path);
        return { contents: `${wanted.join(' ')} ${source}`, loader: 'ts' };
      });
    },
  };
}

/** The source of the file at `path` with imports of indexes made direct, those on demand too. */
export function rewriteImports(source: string, path: string): string {
  return source
    .replace(imports, (_, names: string, specifier: string) =>
      definitionsOf(names, specifier, path)
        .map(({ from, name, as }) => `import { ${name} as ${as} } from '${from}';`)
        .join(' '),
    )
    .replace(onDemand, (_, names: string, specifier: string) =>
      definitionsOf(names, specifier, path)
        .map(({ from, name, as }) => `const { ${name}: ${as} } = await import('${from}');`)
        .join(' '),
    );
}

/** Where each of the names that the file at `path` takes from an index is defined, and what it is called there and here. */
function definitionsOf(names: string, specifier: string, path: string): { from: string; name: string; as: string }[] {
  const barrel = join(dirname(path), specifier);
  return splitNames(names).map(({ name, as }) => {
    const found = findDefinition(barrel, name) ?? { file: barrel, name };
    return { from: toSpecifier(path, found.file), name: found.name, as };
  });
}

function findDefinition(barrel: string, name: string): Definition | undefined {
  for (const [, , names = '', specifier = ''] of readFileSync(barrel, 'utf8').matchAll(exports)) {
    const found = splitNames(names).find(({ as }) => as === name);
    if (found === undefined) continue;
    const file = join(dirname(barrel), specifier);
    return (file.endsWith('/index.ts') && findDefinition(file, found.name)) || { file, name: found.name };
  }
  return undefined;
}

/** Names of values; those of types are gone once the source is JavaScript. */
function splitNames(list: string): { name: string; as: string }[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && !item.startsWith('type '))
    .map((item) => {
      const [name = '', as = name] = item.split(' as ');
      return { name, as };
    });
}

function toSpecifier(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
