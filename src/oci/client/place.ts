import type { ImageReference } from '../../core/index.ts';

/** Where a repository is contacted; with mirrors another one than its name says. */
export interface Place {
  /** Host, with port where there is one. */
  readonly host: string;
  readonly repository: string;
}

/** Mirrors by `host` or `host/prefix`: what comes first is tried first, the source itself last. */
export type MirrorRules = Readonly<Record<string, readonly string[]>>;

const dockerHub = 'docker.io';
/** Where Docker Hub serves what `docker.io` names. */
const dockerHubHost = 'index.docker.io';
const dockerHubNames: ReadonlySet<string> = new Set([dockerHub, dockerHubHost, 'registry-1.docker.io']);

/** The place that a reference names. */
export function sourcePlace({ registry, repository }: Pick<ImageReference, 'registry' | 'repository'>): Place {
  return { host: registry === dockerHub ? dockerHubHost : registry, repository };
}

/** All places to ask, in order. The rule with the longest matching prefix counts. */
export function placesOf(reference: ImageReference, mirrors: MirrorRules): readonly Place[] {
  const name = `${reference.registry}/${reference.repository}`;
  const rules = Object.entries(mirrors)
    .map(([key, targets]) => ({ prefix: normalPrefix(key), targets }))
    .filter(({ prefix }) => name.startsWith(`${prefix}/`) || name === prefix)
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const rule = rules[0];
  const mirrored = rule?.targets.map((target) => toPlace(trimSlash(target) + name.slice(rule.prefix.length))) ?? [];
  return [...mirrored, sourcePlace(reference)];
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
