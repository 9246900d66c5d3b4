/**
 * Node's network modules, loaded when first used and as CommonJS would get them. An `import` of node:http builds a
 * module of all its exports, one of which loads Node's whole fetch client: some 25 ms at every start.
 */
export const builtin: {
  readonly dgram: typeof import('node:dgram');
  readonly dns: typeof import('node:dns');
  readonly http: typeof import('node:http');
  readonly https: typeof import('node:https');
  readonly tls: typeof import('node:tls');
} = {
  get dgram() {
    return process.getBuiltinModule('node:dgram');
  },
  get dns() {
    return process.getBuiltinModule('node:dns');
  },
  get http() {
    return process.getBuiltinModule('node:http');
  },
  get https() {
    return process.getBuiltinModule('node:https');
  },
  get tls() {
    return process.getBuiltinModule('node:tls');
  },
};
