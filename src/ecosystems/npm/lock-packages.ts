import type { LineRange, Package } from '../../core/index.ts';
import { asText, type JsonObject, keysOf, objectMembers } from './json.ts';
import { parseLicenses } from './license.ts';
import { keySeparator, type ObjectLines } from './lines.ts';
import { packageId } from './package-id.ts';
import { placeLinked } from './workspaces.ts';

/** An entry of `packages`. */
interface Entry {
  readonly json: JsonObject;
  readonly version: string;
  readonly lines: LineRange | undefined;
}

/** By the path at which it is installed. */
type Entries = ReadonlyMap<string, Entry>;

const directory = 'node_modules';
/** No file system takes longer paths. */
const maxPath = 4096;

/** Lists the packages of a lock file of version 2 or 3; the same package in several places is one. */
export function listPackages(packages: unknown, lines: ObjectLines): Package[] {
  const stated = new Map(
    objectMembers(packages).map(([path, json]): [string, Entry] => {
      return [path, { json, version: asText(json['version']), lines: lines.get(`packages${keySeparator}${path}`) }];
    }),
  );
  const { placed: entries, members } = placeLinked(stated);
  const direct = directPaths(entries, members);
  const found = new Map<string, Package>();
  for (const [path, entry] of entries) {
    if (!path.startsWith(directory)) continue;
    const name = asText(entry.json['name']) || nameFromPath(path);
    const id = packageId(name, entry.version);
    const known = found.get(id);
    const place = { path, entry, isDirect: direct.has(path) };
    found.set(
      id,
      known === undefined ? toPackage({ id, name, version: entry.version }, place, entries) : merge(known, place),
    );
  }
  return [...found.values()];
}

interface Place {
  readonly path: string;
  readonly entry: Entry;
  readonly isDirect: boolean;
}

function toPackage(
  identity: Pick<Package, 'name' | 'version'> & { id: string },
  place: Place,
  entries: Entries,
): Package {
  const { json, lines } = place.entry;
  const dependsOn = dependenciesOf(place, entries);
  const licenses = parseLicenses(json['license']);
  return {
    ...identity,
    ...(licenses.length > 0 && { licenses }),
    relationship: place.isDirect ? 'direct' : 'indirect',
    ...(json['dev'] === true && { dev: true }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(lines !== undefined && { locations: [lines] }),
  };
}

/** A package needed in production in one place is needed, whatever the other places are for. */
function merge(pkg: Package, { entry, isDirect }: Place): Package {
  const { dev, ...rest } = pkg;
  const locations = [...(pkg.locations ?? []), ...(entry.lines === undefined ? [] : [entry.lines])];
  return {
    ...rest,
    ...(dev && entry.json['dev'] === true && { dev }),
    ...(isDirect && { relationship: 'direct' }),
    ...(locations.length > 0 && { locations: locations.sort((a, b) => a.start - b.start || a.end - b.end) }),
  };
}

function nameFromPath(path: string): string {
  return path.slice(path.lastIndexOf(directory) + directory.length + 1);
}

/** Node looks for a package in the `node_modules` of its user and of every directory above. */
function dependenciesOf({ path, entry }: Place, entries: Entries): string[] {
  const names = new Set(neededBy(entry.json));
  const ids: string[] = [];
  for (const name of names) {
    const found = findInstalled(path, name, entries);
    if (found !== undefined) ids.push(packageId(name, found.version));
  }
  return ids.sort();
}

function neededBy(json: JsonObject): string[] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) => keysOf(json[key]));
}

function findInstalled(path: string, name: string, entries: Entries): Entry | undefined {
  if (path.length > maxPath) return undefined;
  for (let place = path; ; ) {
    const found = entries.get(`${place}/${directory}/${name}`);
    if (found !== undefined) return found;
    const above = place.lastIndexOf(`/${directory}/`);
    if (above < 0) return entries.get(`${directory}/${name}`);
    place = place.slice(0, above);
  }
}

/** `members` are needed by the root without its saying so. */
function directPaths(entries: Entries, members: readonly string[]): Set<string> {
  const root = entries.get('')?.json ?? {};
  const names = [...neededBy(root), ...keysOf(root['devDependencies']), ...members];
  return new Set(names.map((name) => `${directory}/${name}`));
}
