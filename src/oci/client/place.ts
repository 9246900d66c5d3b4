import type { ImageReference } from '../../core/index.ts';
import { ociError } from '../errors.ts';
import type { RegistryRule } from '../registries/table.ts';

/** Where a repository is contacted; with mirrors another one than its name says. */
export interface Place {
  /** Host, with port where there is one. */
  readonly host: string;
  readonly repository: string;
}

/** Mirrors by `host` or `host/prefix`: what comes first is tried first, the source itself last. */
export type MirrorRules = Readonly<Record<string, readonly string[]>>;

/** What changes where names are contacted, never the names. */
export interface Routes {
  readonly mirrors?: MirrorRules;
  readonly registries?: readonly RegistryRule[];
  /** The host that is contacted for another. */
  readonly contacted?: (host: string) => string;
}

const dockerHub = 'docker.io';
/** Where Docker Hub serves what `docker.io` names. */
const dockerHubHost = 'index.docker.io';
const dockerHubNames: ReadonlySet<string> = new Set([dockerHub, dockerHubHost, 'registry-1.docker.io']);

/** The place that a name leads to for all that writes, and last for what reads. @throws OCI_REGISTRY_BLOCKED */
export function sourcePlace(reference: Pick<ImageReference, 'registry' | 'repository'>, routes: Routes = {}): Place {
  return atContacted(namedPlace(reference, routes), routes);
}

function atContacted(place: Place, { contacted }: Routes): Place {
  return contacted === undefined ? place : { ...place, host: contacted(place.host) };
}

function namedPlace(
  { registry, repository }: Pick<ImageReference, 'registry' | 'repository'>,
  { registries = [] }: Routes,
): Place {
  const name = `${registry}/${repository}`;
  const rule = findRule(name, registries);
  if (rule?.blocked === true)
    throw ociError('OCI_REGISTRY_BLOCKED', { data: { reference: name, prefix: rule.prefix } });
  return rule?.location === undefined ? toPlace(name) : toPlace(rule.location + behindPrefix(name, rule));
}

/**
 * All places to ask, in order: mirrors of the longest matching rule, mirrors of the registries' table, the source.
 * @throws OCI_REGISTRY_BLOCKED
 */
export function placesOf(reference: ImageReference, routes: Routes): readonly Place[] {
  const source = sourcePlace(reference, routes);
  const name = `${reference.registry}/${reference.repository}`;
  const mirrors = [...mirrorsOf(name, routes.mirrors ?? {}), ...tableMirrors(name, reference, routes.registries ?? [])];
  return [...mirrors.map((place) => atContacted(place, routes)), source];
}

function mirrorsOf(name: string, mirrors: MirrorRules): Place[] {
  const rules = Object.entries(mirrors)
    .map(([key, targets]) => ({ prefix: normalPrefix(key), targets }))
    .filter(({ prefix }) => name.startsWith(`${prefix}/`) || name === prefix)
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const rule = rules[0];
  return rule?.targets.map((target) => toPlace(trimSlash(target) + name.slice(rule.prefix.length))) ?? [];
}

function tableMirrors(name: string, { digest }: ImageReference, registries: readonly RegistryRule[]): Place[] {
  const rule = findRule(name, registries);
  const unwanted = digest === undefined ? 'digest-only' : 'tag-only';
  const wanted = rule?.mirrors.filter(({ pulls }) => pulls !== unwanted) ?? [];
  return rule === undefined ? [] : wanted.map(({ location }) => toPlace(location + behindPrefix(name, rule)));
}

/** The rule with the longest prefix (containers-registries.conf(5), "Choosing a [[registry]] TOML table"). */
function findRule(name: string, registries: readonly RegistryRule[]): RegistryRule | undefined {
  const matching = registries.filter(({ prefix }) => matchedLength(name, prefix) !== undefined);
  return matching.sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

function behindPrefix(name: string, { prefix }: RegistryRule): string {
  return name.slice(matchedLength(name, prefix) ?? 0);
}

/** How much of a name a prefix stands for; undefined when it does not. */
function matchedLength(name: string, prefix: string): number | undefined {
  if (prefix.startsWith('*.')) {
    const host = name.slice(0, name.indexOf('/'));
    return host.replace(/:\d+$/, '').endsWith(prefix.slice(1)) ? host.length : undefined;
  }
  const normal = normalPrefix(prefix);
  return name === normal || name.startsWith(`${normal}/`) ? normal.length : undefined;
}

function normalPrefix(key: string): string {
  const plain = trimSlash(key);
  const slash = plain.indexOf('/');
  const host = slash < 0 ? plain : plain.slice(0, slash);
  return (dockerHubNames.has(host) ? dockerHub : host) + (slash < 0 ? '' : plain.slice(slash));
}

function trimSlash(text: string): string {
  return text.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}

function toPlace(name: string): Place {
  const slash = name.indexOf('/');
  const host = name.slice(0, slash);
  return { host: host === dockerHub ? dockerHubHost : host, repository: name.slice(slash + 1) };
}
