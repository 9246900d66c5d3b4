/** What a name in a layer means (image-spec layer.md, "Whiteouts"). */
export type LayerPath =
  | { readonly kind: 'plain'; readonly path: string }
  | { readonly kind: 'whiteout'; readonly path: string }
  | { readonly kind: 'opaque'; readonly path: string }
  /** Bookkeeping of the AUFS driver, of no meaning to others. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'escapes' };

const whiteoutPrefix = '.wh.';
const opaqueMarker = '.wh..wh..opq';

/** Cleans a name as written in an archive and tells whether it deletes something. */
export function parseLayerPath(name: string): LayerPath {
  const path = cleanPath(name);
  if (path === undefined) return { kind: 'escapes' };
  const slash = path.lastIndexOf('/');
  if (!path.startsWith(whiteoutPrefix, slash + 1)) return { kind: 'plain', path };
  const directory = path.slice(0, Math.max(slash, 0));
  const base = path.slice(slash + 1);
  if (base === opaqueMarker) return { kind: 'opaque', path: directory };
  if (base.startsWith('.wh..wh.')) return { kind: 'ignored' };
  const hidden = base.slice(whiteoutPrefix.length);
  return { kind: 'whiteout', path: directory === '' ? hidden : `${directory}/${hidden}` };
}

/** The path relative to the root, without `.`, `..` and doubled slashes; undefined when it leads out of the root. */
export function cleanPath(name: string): string | undefined {
  const plain = name.startsWith('./') ? name.slice(2) : name;
  if (!/(?:^|\/)\.{0,2}(?:\/|$)/.test(plain)) return plain;
  const parts: string[] = [];
  for (const part of plain.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Every directory above a path, nearest first. */
export function* ancestors(path: string): Generator<string, void, undefined> {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    yield path.slice(0, slash);
  }
}
