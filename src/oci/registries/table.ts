import { ociError } from '../errors.ts';
import { isObject } from '../manifest.ts';

/** One `[[registry]]` of containers-registries.conf(5): where names below a prefix are really contacted. */
export interface RegistryRule {
  /** `host`, `host/path`, or `*.suffix` of hosts. */
  readonly prefix: string;
  /** What stands in for the prefix, for reading and writing. */
  readonly location?: string;
  readonly blocked: boolean;
  readonly insecure: boolean;
  /** Asked first, for reading only. */
  readonly mirrors: readonly RegistryMirror[];
}

export interface RegistryMirror {
  readonly location: string;
  readonly insecure: boolean;
  /** The references that the mirror is asked for. */
  readonly pulls: 'all' | 'digest-only' | 'tag-only';
}

const maxRules = 10_000;

/** Reads a registries.conf of version 2; short names and search lists are left alone. @throws OCI_REGISTRIES_INVALID */
export async function parseRegistries(text: string, path: string): Promise<readonly RegistryRule[]> {
  const fail = (reason: string): never => {
    throw ociError('OCI_REGISTRIES_INVALID', { data: { path, reason } });
  };
  const { parse, TomlError } = await import('smol-toml');
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch (error) {
    return fail(error instanceof TomlError ? `line ${error.line} is not TOML` : 'it is not TOML');
  }
  if (isObject(document['registries'])) fail('it has the form of version 1, with [registries.…]; write [[registry]]');
  const tables = document['registry'] ?? [];
  if (!Array.isArray(tables) || tables.length > maxRules) return fail('registry is not a list of tables, or too long');
  return tables.map((table) => parseRule(table, fail));
}

type Fail = (reason: string) => never;

function parseRule(table: unknown, fail: Fail): RegistryRule {
  if (!isObject(table)) return fail('a registry is not a table');
  const location = optionalText(table, 'location', fail);
  const prefix = optionalText(table, 'prefix', fail) ?? location ?? fail('a registry has neither prefix nor location');
  const mirrors = table['mirror'] ?? [];
  if (!Array.isArray(mirrors)) return fail(`the mirrors of ${prefix} are not a list`);
  if (prefix.startsWith('*.') && prefix.includes('/')) fail(`${prefix} has a path behind a wildcard`);
  const digestOnly = flag(table, 'mirror-by-digest-only', fail);
  return {
    prefix: trimmed(prefix),
    ...(location !== undefined && { location: trimmed(location) }),
    blocked: flag(table, 'blocked', fail),
    insecure: flag(table, 'insecure', fail),
    mirrors: mirrors.map((mirror) => parseMirror(mirror, prefix, digestOnly, fail)),
  };
}

function parseMirror(table: unknown, prefix: string, digestOnly: boolean, fail: Fail): RegistryMirror {
  if (!isObject(table)) return fail(`a mirror of ${prefix} is not a table`);
  const location = optionalText(table, 'location', fail) ?? fail(`a mirror of ${prefix} has no location`);
  const wanted = optionalText(table, 'pull-from-mirror', fail) ?? (digestOnly ? 'digest-only' : 'all');
  if (wanted !== 'all' && wanted !== 'digest-only' && wanted !== 'tag-only') {
    return fail(`pull-from-mirror of ${location} is not all, digest-only or tag-only`);
  }
  return { location: trimmed(location), insecure: flag(table, 'insecure', fail), pulls: wanted };
}

function optionalText(table: Record<string, unknown>, key: string, fail: Fail): string | undefined {
  const value = table[key];
  if (value === undefined || (typeof value === 'string' && /^[\w.:/*[\]-]{1,500}$/.test(value))) return value;
  return fail(`${key} is not the name of a registry or a part of one`);
}

function flag(table: Record<string, unknown>, key: string, fail: Fail): boolean {
  const value = table[key] ?? false;
  return typeof value === 'boolean' ? value : fail(`${key} is neither true nor false`);
}

function trimmed(text: string): string {
  return text.replace(/\/+$/, '');
}

/** Hosts that the rules declare insecure. */
export function insecureHostsOf(rules: readonly RegistryRule[]): string[] {
  const places = rules.flatMap(({ prefix, location, insecure, mirrors }) => [
    ...(insecure ? [location ?? prefix] : []),
    ...mirrors.filter((mirror) => mirror.insecure).map((mirror) => mirror.location),
  ]);
  return [...new Set(places.map((place) => place.split('/')[0] ?? ''))];
}
