/** The parts of a package URL (purl-spec PURL-SPECIFICATION.rst); values are plain text, not percent-encoded. */
export interface PackageUrl {
  readonly type: string;
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  readonly qualifiers?: Readonly<Record<string, string | undefined>>;
  readonly subpath?: string;
}

/** The canonical string: qualifiers sorted by key, empty ones left out, components percent-encoded. */
export function formatPackageUrl(purl: PackageUrl): string {
  const namespace = purl.namespace ? `${encodePath(purl.namespace)}/` : '';
  const version = purl.version ? `@${encode(purl.version)}` : '';
  const subpath = purl.subpath ? `#${encodePath(purl.subpath)}` : '';
  return `pkg:${purl.type}/${namespace}${encode(purl.name)}${version}${formatQualifiers(purl.qualifiers)}${subpath}`;
}

function formatQualifiers(qualifiers: PackageUrl['qualifiers'] = {}): string {
  const pairs = Object.entries(qualifiers)
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${encode(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encodePath(text: string): string {
  return text
    .split('/')
    .filter((part) => part !== '')
    .map(encode)
    .join('/');
}

const plain = /^[A-Za-z0-9._~:-]*$/;

/** Percent-encodes all but unreserved characters and the colon, which the specification keeps. */
function encode(text: string): string {
  if (plain.test(text)) return text;
  return encodeURIComponent(text)
    .replace(/%3A/g, ':')
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Far above any real one. */
const maxLength = 8192;

/**
 * Reads a package URL as text states it; undefined for what is none. Types and qualifier keys come in lower case,
 * everything else as written: what a type makes of a name is its ecosystem's affair (purl-spec, "How to parse").
 */
export function parsePackageUrl(text: string): PackageUrl | undefined {
  if (text.length > maxLength || !/^pkg:/i.test(text)) return undefined;
  const [beforeSubpath, subpath] = cutAtLast(text.slice(4), '#');
  const [beforeQualifiers, query] = cutAtLast(beforeSubpath, '?');
  const [path, version] = cutVersion(trimSlashes(beforeQualifiers));
  const [type = '', ...parts] = path.split('/').filter((part) => part !== '');
  const name = parts.pop();
  if (!/^[a-z][a-z0-9.+-]*$/i.test(type) || name === undefined) return undefined;
  const qualifiers = parseQualifiers(query ?? '');
  const namespace = parts.map(decode).join('/');
  const folder = decodeSubpath(subpath ?? '');
  return {
    type: type.toLowerCase(),
    ...(namespace !== '' && { namespace }),
    name: decode(name),
    ...(version !== undefined && version !== '' && { version: decode(version) }),
    ...(Object.keys(qualifiers).length > 0 && { qualifiers }),
    ...(folder !== '' && { subpath: folder }),
  };
}

function trimSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === '/') start++;
  while (end > start && text[end - 1] === '/') end--;
  return text.slice(start, end);
}

function cutAtLast(text: string, separator: string): [string, string | undefined] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** An `@` that begins a segment is the unescaped scope of an npm package, not a version. */
function cutVersion(path: string): [string, string | undefined] {
  const at = path.lastIndexOf('@');
  return at <= 0 || path[at - 1] === '/' ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
}

function parseQualifiers(query: string): Record<string, string> {
  const pairs = query.split('&').flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=');
    return equals < 1 || equals === pair.length - 1
      ? []
      : [[pair.slice(0, equals).toLowerCase(), decode(pair.slice(equals + 1))]];
  });
  return Object.fromEntries(pairs);
}

function decodeSubpath(text: string): string {
  const parts = text.split('/').map(decode);
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
}

/** What is wrongly escaped stays as it is, so that a package is not lost for it. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
