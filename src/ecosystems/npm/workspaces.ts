import { asText, isObject, type JsonObject } from './json.ts';

interface Linkable {
  readonly json: JsonObject;
}

/** No file system takes longer paths. */
const maxPath = 4096;

/**
 * Packages that lie in the project itself are linked into `node_modules`: puts them, and what is installed below
 * them, where the link is. `members` are the names of those that are workspaces.
 */
export function placeLinked<T extends Linkable>(
  stated: ReadonlyMap<string, T>,
): { readonly placed: Map<string, T>; readonly members: readonly string[] } {
  const links = linksOf(stated);
  if (links.size === 0) return { placed: new Map(stated), members: [] };
  const isMember = workspaceMatcher(stated.get('')?.json['workspaces']);
  const members: string[] = [];
  const placed = new Map<string, T>();
  for (const [path, entry] of stated) {
    if (entry.json['link'] === true) continue;
    const target = linkTarget(path, links);
    const link = links.get(target) ?? '';
    placed.set(link + path.slice(target.length), entry);
    if (target !== '' && isMember(path)) members.push(link.slice(link.lastIndexOf('node_modules/') + 13));
  }
  // A link to what the lock file does not describe is all that is known of it.
  for (const [target, link] of links) {
    const entry = stated.get(link);
    if (!stated.has(target) && entry !== undefined) placed.set(link, entry);
  }
  return { placed, members };
}

/** Where each link leads to → where it is. */
function linksOf(stated: ReadonlyMap<string, Linkable>): Map<string, string> {
  const links = new Map<string, string>();
  for (const [path, { json }] of stated) {
    const target = asText(json['resolved']);
    if (json['link'] === true && target !== '') links.set(target, path);
  }
  return links;
}

/** The nearest directory at or above `path` that a link leads to; empty when there is none. */
function linkTarget(path: string, links: ReadonlyMap<string, string>): string {
  if (path.length > maxPath) return '';
  let place = path;
  while (place !== '' && !links.has(place)) place = place.slice(0, Math.max(place.lastIndexOf('/'), 0));
  return place;
}

/** Workspaces are globs with `*` and `?` within one directory, in a list or in a list named `packages`. */
function workspaceMatcher(value: unknown): (path: string) => boolean {
  const list = isObject(value) ? value['packages'] : value;
  const globs = (Array.isArray(list) ? list : [])
    .filter((glob) => typeof glob === 'string')
    .map((glob) => glob.split('/'));
  return (path) => {
    const parts = path.split('/');
    return globs.some(
      (glob) => glob.length === parts.length && glob.every((part, at) => matchesPart(part, parts[at] ?? '')),
    );
  };
}

/** Steps back to the last `*` only, which suffices as each `*` may take as little as it can. */
function matchesPart(glob: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let place = 0; place < text.length; ) {
    if (glob[at] === '*') {
      star = at++;
      resume = place;
    } else if (glob[at] === '?' || glob[at] === text[place]) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}
