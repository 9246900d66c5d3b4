import type { ZipEntry } from '../../codecs/zip/index.ts';
import type { Archive, Coordinates } from '../../core/index.ts';
import { isLicenseFile, projectLicenses } from './license.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { parsePomPath, parsePomProperties } from './pom.ts';

/** What the entries of one archive told. */
export interface Contents {
  readonly declared: Coordinates[];
  manifest: Manifest | undefined;
  /** Licences by `group:artifact`. */
  readonly projects: Map<string, readonly string[]>;
  readonly licenseFiles: ZipEntry[];
}

/** Before any entry is read. */
export function emptyContents(): Contents {
  return { declared: [], manifest: undefined, projects: new Map(), licenseFiles: [] };
}

/** Most entries are classes, which tell nothing. */
export function isTelling(name: string): boolean {
  if (name.endsWith('.class')) return false;
  return metadataReader(name) !== undefined || isNestedArchive(name) || isLicenseFile(name);
}

/** True for what Java loads from inside another archive. */
export function isNestedArchive(name: string): boolean {
  return name.endsWith('.jar') || name.endsWith('.war') || name.endsWith('.ear');
}

/** Gives what is declared the licences of the project files beside it. */
export function withLicenses(declared: Archive['declared'], projects: Contents['projects']): Archive['declared'] {
  return declared.map((coordinates) => {
    const licenses = coordinates.licenses ?? projects.get(`${coordinates.group}:${coordinates.artifact}`);
    return licenses === undefined ? coordinates : { ...coordinates, licenses };
  });
}

/** The reader of an entry of this name; undefined for entries that only a licence classifier would read. */
export function metadataReader(name: string): MetadataReader | undefined {
  return metadataReaders.get(name.slice(name.lastIndexOf('/') + 1));
}

/** Adds to the contents what an entry of that name tells. */
export type MetadataReader = (bytes: Buffer, contents: Contents, name: string) => void;

/** By base name, wherever in the archive: shaded archives keep the metadata of what they were made of. */
const metadataReaders: ReadonlyMap<string, MetadataReader> = new Map<string, MetadataReader>([
  [
    'MANIFEST.MF',
    (bytes, contents) => {
      contents.manifest = parseManifest(bytes);
    },
  ],
  [
    'pom.properties',
    (bytes, { declared }) => {
      const coordinates = parsePomProperties(bytes);
      if (coordinates !== undefined) declared.push(coordinates);
    },
  ],
  [
    'pom.xml',
    (bytes, { projects }, name) => {
      const place = parsePomPath(name);
      const licenses = place === undefined ? [] : projectLicenses(bytes);
      if (place !== undefined && licenses.length > 0) projects.set(`${place.group}:${place.artifact}`, licenses);
    },
  ],
]);
