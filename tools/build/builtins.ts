import type { Plugin } from 'esbuild';

/** Modules whose members the offline switch replaces, so that importers must see the object itself. */
const whole: ReadonlySet<string> = new Set(['node:dgram', 'node:dns', 'node:dns/promises', 'node:module', 'node:net']);

/**
 * Takes Node's own modules from `process.getBuiltinModule`, when a member is first used. An `import` of one evaluates
 * everything it exports, which for `node:process` or `node:http` takes longer than all of our own code.
 */
export const builtins: Plugin = {
  name: 'builtins',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: whole.has(path) ? `module.exports = process.getBuiltinModule('${path}');` : lateModule(path),
      loader: 'js',
    }));
  },
};

/** A module whose members are loaded when one of them is first used. */
function lateModule(path: string): string {
  const names = Object.keys(process.getBuiltinModule(path) ?? {});
  const getters = names.map((name) => `get ${JSON.stringify(name)}() { return load().${name}; }`);
  return `const load = () => process.getBuiltinModule('${path}');\nmodule.exports = { ${getters.join(', ')} };`;
}
