import type { ICruiseOptions, IFlattenedRuleSet } from 'dependency-cruiser';

/** The rooms of src by level; a room imports lower levels only (docs/architecture.md). */
export const levels: readonly (readonly string[])[] = [
  ['core'],
  ['kit'],
  ['codecs', 'net', 'disk', 'process', 'versions', 'licenses'],
  ['oci', 'kube', 'helm', 'envelope', 'ecosystems'],
  ['sbom', 'secrets', 'misconfig', 'trust', 'advisories'],
  ['inventory', 'match', 'evidence'],
  ['targets', 'decide', 'verify'],
  ['sign', 'policy', 'reports'],
  ['assess'],
  ['admission', 'cluster', 'pin', 'fleet'],
  ['pipeline'],
  ['app'],
  ['config'],
  ['server'],
  ['cli'],
];

/** Rooms whose folders are plugins: siblings never import each other. */
const pluginFolders: readonly string[] = [
  'codecs',
  'ecosystems',
  'versions',
  'reports',
  'sbom/formats',
  'trust/ambient',
  'trust/kms',
  'trust/stores',
  'match/strategies',
  'pin/kinds',
  'policy/dialects',
  'cli/commands',
  'server/routes',
];

const tests = String.raw`\.test\.ts$`;

const levelRules = levels.flatMap((rooms, level) =>
  rooms.map((room) => ({
    name: `level-${level}-${room}`,
    comment: `${room} is on level ${level} and may import lower levels only; declare a port and let app fill it`,
    severity: 'error' as const,
    from: { path: `^src/${room}/`, pathNot: tests },
    to: {
      path: `^src/(${levels
        .slice(level)
        .flat()
        .filter((other) => other !== room)
        .join('|')})/`,
    },
  })),
);

const pluginRules = pluginFolders.map((folder) => ({
  name: `siblings-${folder.replace('/', '-')}`,
  comment: 'plugins stand alone: what two of them need belongs to their room',
  severity: 'error' as const,
  from: { path: `^src/${folder}/([^/]+)/`, pathNot: tests },
  to: { path: `^src/${folder}/[^/]+/`, pathNot: `^src/${folder}/$1/` },
}));

const owned: readonly (readonly [name: string, path: string, rooms: string])[] = [
  ['fs', '^(node:)?fs(/|$)', 'disk'],
  ['network', '^(node:)?(http|https|http2|net|tls|dgram|dns)(/|$)', 'net|server'],
  ['processes', '^(node:)?child_process$', 'process'],
];

const ownerRules = owned.map(([name, path, rooms]) => ({
  name: `only-owner-${name}`,
  comment: `only ${rooms} may import this, so that limits and the offline switch hold everywhere`,
  severity: 'error' as const,
  from: { path: '^src/', pathNot: [`^src/(${rooms})/`, tests] },
  to: { path },
}));

export const ruleSet: IFlattenedRuleSet = {
  forbidden: [
    ...levelRules,
    ...pluginRules,
    ...ownerRules,
    {
      name: 'door',
      comment:
        'a room is entered through index.ts or registry.ts; codecs through the index.ts of one codec; kit has one verb a file',
      severity: 'error' as const,
      from: { path: '^src/([^/]+)/', pathNot: tests },
      to: {
        path: '^src/',
        pathNot: [
          '^src/$1/',
          '^src/[^/]+/(index|registry)\\.ts$',
          '^src/codecs/[^/]+/index\\.ts$',
          '^src/codecs/errors\\.ts$',
          '^src/kit/[^/]+\\.ts$',
        ],
      },
    },
    {
      name: 'src-stands-alone',
      comment: 'src is what users install; test and build code stays outside',
      severity: 'error' as const,
      from: { path: '^src/', pathNot: tests },
      to: { path: '^(testkit|test|tools|bench|examples)/' },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle has no level',
      severity: 'error' as const,
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'users do not get devDependencies',
      severity: 'error' as const,
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment: 'an import must lead somewhere',
      severity: 'error' as const,
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'vetted-license',
      comment: 'licences that a user of an Apache-2.0 program expects',
      severity: 'error' as const,
      from: {},
      to: {
        dependencyTypes: ['npm'],
        licenseNot: '^(MIT|ISC|Apache-2\\.0|BSD-[23]-Clause|0BSD|BlueOak-1\\.0\\.0|CC0-1\\.0|Unlicense)',
      },
    },
  ],
};

export const cruiseOptions: ICruiseOptions = {
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
};
