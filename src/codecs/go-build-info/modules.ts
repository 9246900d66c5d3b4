import { codecError } from '../errors.ts';

/** A module as the linker saw it. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
  /** What was built instead, by a `replace` of the main module. */
  readonly replacedBy?: GoModule;
}

/** What the list of modules in a program says. */
export interface GoModules {
  /** Absent for programs built outside of modules. */
  readonly main?: GoModule;
  readonly dependencies: readonly GoModule[];
  /** Settings of the build: `-ldflags`, `vcs.revision`, and so on. */
  readonly settings: ReadonlyMap<string, string>;
}

interface Draft {
  main: GoModule | undefined;
  readonly dependencies: GoModule[];
  readonly settings: Map<string, string>;
  /** Puts the replacement of the module read last in its place. */
  replace: ((replacement: GoModule) => void) | undefined;
}

/** Parses the lines that `go version -m` prints (Go's runtime/debug, ParseBuildInfo). @throws CODEC_GO_INVALID */
export function parseModules(text: string): GoModules {
  const draft: Draft = { main: undefined, dependencies: [], settings: new Map(), replace: undefined };
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 0) lineReaders.get(line.slice(0, tab))?.(draft, line.slice(tab + 1));
  }
  const { main, dependencies, settings } = draft;
  return { ...(main !== undefined && { main }), dependencies, settings };
}

const lineReaders: ReadonlyMap<string, (draft: Draft, rest: string) => void> = new Map([
  [
    'mod',
    (draft: Draft, rest: string) => {
      const main = parseModule(rest);
      draft.main = main;
      draft.replace = (replacedBy) => {
        draft.main = { ...main, replacedBy };
      };
    },
  ],
  [
    'dep',
    (draft: Draft, rest: string) => {
      const dependency = parseModule(rest);
      const index = draft.dependencies.push(dependency) - 1;
      draft.replace = (replacedBy) => {
        draft.dependencies[index] = { ...dependency, replacedBy };
      };
    },
  ],
  [
    '=>',
    (draft: Draft, rest: string) => {
      if (draft.replace === undefined) throw invalid('a replacement replaces nothing');
      draft.replace(parseModule(rest));
      draft.replace = undefined;
    },
  ],
  [
    'build',
    (draft: Draft, rest: string) => {
      const [key, value] = parseSetting(rest);
      draft.settings.set(key, value);
    },
  ],
]);

function parseModule(rest: string): GoModule {
  const [path, version] = rest.split('\t');
  if (path === undefined || version === undefined) throw invalid('a module has no version');
  return { path, version };
}

/** `key=value`, either quoted when it has spaces, quotes or an equals sign. */
function parseSetting(rest: string): [key: string, value: string] {
  const quotedKey = /^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0];
  const equals = quotedKey === undefined ? rest.indexOf('=') : quotedKey.length;
  if (rest[equals] !== '=') throw invalid('a build setting has no value');
  return [unquote(rest.slice(0, equals)), unquote(rest.slice(equals + 1))];
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const escapeSequence = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U00([0-9a-f]{6})|(.))/g;

/** Undoes Go's quoting of strings (Go specification, "String literals"). */
function unquote(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  if (!text.startsWith('"')) return text;
  return text.slice(1, -1).replace(escapeSequence, (_, x?: string, u?: string, long?: string, plain = '') => {
    const code = Number.parseInt(x ?? u ?? long ?? '', 16);
    if (Number.isNaN(code)) return escapes[plain] ?? plain;
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function invalid(reason: string): Error {
  return codecError('CODEC_GO_INVALID', { data: { reason } });
}
