import type { Package } from '../../core/index.ts';
import { listInvalid } from './errors.ts';
import { asText, type JsonObject, keysOf, objectMembers } from './json.ts';
import { keySeparator, type ObjectLines } from './lines.ts';
import { packageId } from './package-id.ts';

/** Packages visible at one level of the tree, nearest first. */
interface Scope {
  readonly versions: ReadonlyMap<string, string>;
  readonly outer: Scope | undefined;
}

/** One level of the tree that is still to be listed. */
interface Level {
  readonly dependencies: unknown;
  readonly path: string;
  readonly depth: number;
  readonly outer: Scope | undefined;
}

/** npm nests as deep as packages conflict with each other. */
const maxDepth = 100;

/** Lists the packages of a lock file of version 1, which does not tell who needs them directly. */
export function listDependencies(dependencies: unknown, lines: ObjectLines): Package[] {
  const found = new Map<string, Package>();
  const levels: Level[] = [{ dependencies, path: 'dependencies', depth: 1, outer: undefined }];
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    if (level.depth > maxDepth) throw listInvalid(`packages are nested more than ${maxDepth} deep`);
    const members = objectMembers(level.dependencies);
    const scope = { versions: versionsOf(members), outer: level.outer };
    for (const [name, json] of members) {
      const path = `${level.path}${keySeparator}${name}`;
      const pkg = toPackage(name, json, scope);
      const place = lines.get(path);
      add(found, place === undefined ? pkg : { ...pkg, locations: [place] });
      if (json['dependencies'] !== undefined) {
        const inner = { path: `${path}${keySeparator}dependencies`, depth: level.depth + 1, outer: scope };
        levels.push({ dependencies: json['dependencies'], ...inner });
      }
    }
  }
  return [...found.values()];
}

function versionsOf(members: readonly (readonly [string, JsonObject])[]): Map<string, string> {
  return new Map(members.map(([name, json]) => [name, asText(json['version'])]));
}

function toPackage(name: string, json: JsonObject, scope: Scope): Package {
  const version = asText(json['version']);
  const inner: Scope = { versions: versionsOf(objectMembers(json['dependencies'])), outer: scope };
  const dependsOn = keysOf(json['requires']).flatMap((required) => {
    const found = findVersion(required, inner);
    return found === undefined ? [] : [packageId(required, found)];
  });
  return {
    id: packageId(name, version),
    name,
    version,
    relationship: 'unknown',
    ...(json['dev'] === true && { dev: true }),
    ...(dependsOn.length > 0 && { dependsOn: dependsOn.sort() }),
  };
}

function findVersion(name: string, scope: Scope): string | undefined {
  for (let place: Scope | undefined = scope; place !== undefined; place = place.outer) {
    const version = place.versions.get(name);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** The same package in several places is one; needed in production in one of them, it is needed. */
function add(found: Map<string, Package>, pkg: Package): void {
  const id = pkg.id ?? '';
  const known = found.get(id);
  if (known === undefined) {
    found.set(id, pkg);
    return;
  }
  const { dev, ...rest } = known;
  const locations = [...(known.locations ?? []), ...(pkg.locations ?? [])];
  found.set(id, {
    ...rest,
    ...(dev && pkg.dev && { dev }),
    ...(locations.length > 0 && { locations: locations.sort((a, b) => a.start - b.start || a.end - b.end) }),
  });
}
