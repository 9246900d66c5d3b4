import { rpmTags } from '../src/codecs/rpm-header/index.ts';
import { buildSqlite } from './sqlite.ts';

/** A value with the type that rpm stores it as. */
export type RpmValue =
  | { readonly int32: readonly number[] }
  | { readonly strings: readonly string[] }
  | Buffer
  | string;

/** The header of a package as a package database stores it, without the magic of package files. */
export function buildRpmHeader(tags: Readonly<Record<number, RpmValue>>): Buffer {
  const index: Buffer[] = [];
  const data: Buffer[] = [];
  let size = 0;
  for (const [tag, value] of Object.entries(tags)) {
    const { type, count, bytes } = encode(value);
    const padding = type === 4 ? (4 - (size % 4)) % 4 : 0;
    index.push(words(Number(tag), type, size + padding, count));
    data.push(Buffer.alloc(padding), bytes);
    size += padding + bytes.length;
  }
  return Buffer.concat([words(index.length, size), ...index, ...data]);
}

function encode(value: RpmValue): { type: number; count: number; bytes: Buffer } {
  if (typeof value === 'string') return { type: 6, count: 1, bytes: Buffer.from(`${value}\0`) };
  if (Buffer.isBuffer(value)) return { type: 7, count: value.length, bytes: value };
  if ('int32' in value) return { type: 4, count: value.int32.length, bytes: words(...value.int32) };
  return {
    type: 8,
    count: value.strings.length,
    bytes: Buffer.from(value.strings.map((text) => `${text}\0`).join('')),
  };
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
}

/** What a test wants a package to say of itself. */
export interface RpmPackage {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch?: number;
  readonly arch?: string;
  readonly vendor?: string;
  readonly license?: string;
  readonly sourceRpm?: string;
  readonly modularityLabel?: string;
  readonly md5?: string;
  readonly provides?: readonly string[];
  readonly requires?: readonly string[];
  readonly files?: readonly string[];
}

export function buildRpmPackage(pkg: RpmPackage): Buffer {
  const texts: Record<number, string | undefined> = {
    [rpmTags.name]: pkg.name,
    [rpmTags.version]: pkg.version,
    [rpmTags.release]: pkg.release,
    [rpmTags.arch]: pkg.arch,
    [rpmTags.vendor]: pkg.vendor,
    [rpmTags.license]: pkg.license,
    [rpmTags.sourceRpm]: pkg.sourceRpm,
    [rpmTags.modularityLabel]: pkg.modularityLabel,
  };
  const present = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return buildRpmHeader({
    ...Object.fromEntries(present),
    ...(pkg.epoch !== undefined && { [rpmTags.epoch]: { int32: [pkg.epoch] } }),
    ...(pkg.md5 !== undefined && { [rpmTags.signatureMd5]: Buffer.from(pkg.md5, 'hex') }),
    ...(pkg.provides && { [rpmTags.provideName]: { strings: pkg.provides } }),
    ...(pkg.requires && { [rpmTags.requireName]: { strings: pkg.requires } }),
    ...(pkg.files && fileTags(pkg.files)),
  });
}

function fileTags(files: readonly string[]): Record<number, RpmValue> {
  const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const directories = [...new Set(files.map(directoryOf))];
  return {
    [rpmTags.directoryIndexes]: { int32: files.map((path) => directories.indexOf(directoryOf(path))) },
    [rpmTags.baseNames]: { strings: files.map((path) => path.slice(path.lastIndexOf('/') + 1)) },
    [rpmTags.directoryNames]: { strings: directories },
  };
}

/** `rpmdb.sqlite` with these packages, in the tables that rpm 4.16 and later create. */
export function buildRpmSqlite(packages: readonly (RpmPackage | Buffer)[], pragmas = ''): Buffer {
  return buildSqlite((database) => {
    database.exec(`${pragmas};
      CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL);
      CREATE TABLE 'Name' (key 'TEXT' NOT NULL, hnum INTEGER NOT NULL, idx INTEGER NOT NULL)`);
    const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
    for (const pkg of packages) insert.run(Buffer.isBuffer(pkg) ? pkg : buildRpmPackage(pkg));
  });
}
