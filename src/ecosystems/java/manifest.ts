import type { Coordinates } from '../../core/index.ts';

/** What the main section of `MANIFEST.MF` says of the archive itself (JAR File Specification, "JAR Manifest"). */
export interface Manifest {
  /** Guessed from titles and vendors: such coordinates may not exist. */
  readonly coordinates?: Coordinates;
  /** Names that Jenkins plugins state. */
  readonly pluginLicenses: readonly string[];
  /** The OSGi header `Bundle-License` as written. */
  readonly bundleLicense?: string;
}

type Attributes = ReadonlyMap<string, string>;

const pluginLicense = /^Plugin-License-Name(?:-[^:]*)?$/;

/** Reads the main section; what is no attribute is passed over. */
export function parseManifest(bytes: Buffer): Manifest {
  const attributes = parseAttributes(bytes.toString('utf8'));
  const coordinates = guessCoordinates(attributes);
  const bundleLicense = attributes.get('Bundle-License');
  const pluginLicenses = [...attributes].filter(([key]) => pluginLicense.test(key)).map(([, value]) => value);
  return {
    ...(coordinates !== undefined && { coordinates }),
    pluginLicenses,
    ...(bundleLicense !== undefined && { bundleLicense }),
  };
}

/** Attributes up to the first empty line; a line that begins with a space continues the one before. */
function parseAttributes(text: string): Attributes {
  const attributes = new Map<string, string>();
  let attribute = '';
  for (const line of mainSection(text)) {
    if (line.startsWith(' ')) {
      attribute += line.slice(1);
      continue;
    }
    addAttribute(attributes, attribute);
    attribute = line;
  }
  addAttribute(attributes, attribute);
  return attributes;
}

function* mainSection(text: string): Generator<string, void, undefined> {
  const lineEnd = /\r\n|\n|\r/g;
  let start = 0;
  while (start < text.length) {
    const end = lineEnd.exec(text)?.index ?? text.length;
    if (end === start) return;
    yield text.slice(start, end);
    start = lineEnd.lastIndex === 0 ? text.length : lineEnd.lastIndex;
  }
}

/** Values that stand for a translation (`%name`) tell nothing. */
function addAttribute(attributes: Map<string, string>, line: string): void {
  const colon = line.indexOf(':');
  const value = line.slice(colon + 1);
  if (colon < 0 || !/^\s/.test(value)) return;
  const trimmed = value.trim();
  if (trimmed !== '' && !trimmed.startsWith('%')) attributes.set(line.slice(0, colon), trimmed);
}

function guessCoordinates(attributes: Attributes): Coordinates | undefined {
  const first = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => attributes.get(key)).find((value) => value !== undefined);
  const group =
    attributes.get('Implementation-Vendor-Id') ??
    withoutLastPart(attributes.get('Bundle-SymbolicName')) ??
    first('Implementation-Vendor', 'Specification-Vendor');
  const artifact = first('Implementation-Title', 'Specification-Title', 'Bundle-Name');
  const version = first('Implementation-Version', 'Specification-Version', 'Bundle-Version');
  if (!group || !artifact || !version) return undefined;
  return { group, artifact, version };
}

/** `com.example.core.databind` is the bundle `databind` of the group `com.example.core`. */
function withoutLastPart(name: string | undefined): string | undefined {
  const dot = name?.lastIndexOf('.') ?? -1;
  return dot < 0 ? name : name?.slice(0, dot).trim();
}
