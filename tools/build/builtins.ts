import type { Plugin } from 'esbuild';

/** Modules whose members the offline switch replaces: importers must see them as they are at each use. */
const live: ReadonlySet<string> = new Set(['node:dgram', 'node:dns', 'node:dns/promises', 'node:module', 'node:net']);

/** Modules that every process of Node has loaded when it starts. */
const ready: ReadonlySet<string> = new Set(
  ['buffer', 'events', 'fs', 'os', 'path', 'path/posix', 'process', 'stream', 'url', 'util'].map(
    (name) => `node:${name}`,
  ),
);

/**
 * Takes Node's own modules from `process.getBuiltinModule`. An `import` of one evaluates everything it exports, which for
 * `node:process` or `node:http` takes longer than all of our own code; and the larger ones are not loaded before a
 * function of theirs is called.
 */
export const builtins: Plugin = {
  name: 'builtins',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      // What is imported on demand is late already.
      kind === 'dynamic-import' ? { path, external: true } : { path, namespace: 'builtin', sideEffects: false },
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: toModule(path), loader: 'js' }));
  },
};

function toModule(path: string): string {
  const get = `process.getBuiltinModule(${JSON.stringify(path)})`;
  if (live.has(path)) return `module.exports = ${get};`;
  const builtin = (process.getBuiltinModule(path) ?? {}) as Record<string, unknown>;
  const members = Object.keys(builtin)
    .filter((name) => name !== 'default')
    .map((name) => `export const ${name} = ${toMember(name, builtin[name], ready.has(path))};`);
  const whole = ready.has(path) ? 'load()' : 'new Proxy({}, { get: (_, name) => load()[name] })';
  return [
    `let loaded;\nconst load = () => (loaded ??= ${get});`,
    ...members,
    // The bundler leaves out what is not imported only where it knows that nothing happens.
    `export default /* @__PURE__ */ (() => ${whole})();`,
  ].join('\n');
}

/** Classes and constants are taken at once, functions when they are called. */
function toMember(name: string, value: unknown, isReady: boolean): string {
  const isPlain = typeof value === 'function' && /^[a-z]/.test(name) && Object.keys(value).length === 0;
  return isReady || !isPlain ? `/* @__PURE__ */ (() => load().${name})()` : `(...args) => load().${name}(...args)`;
}
