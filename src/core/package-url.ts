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
