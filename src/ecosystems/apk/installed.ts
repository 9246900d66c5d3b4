import type { Catalog, CatalogFile, Package } from '../../core/index.ts';
import { ecosystemError } from '../errors.ts';

/** One package as the database writes it: `X:value` lines, a blank line after each package (Alpine wiki, "Apk spec"). */
interface Stanza {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly string[];
}

/** Reads `lib/apk/db/installed`. @throws PACKAGE_DATABASE_INVALID */
export const catalogInstalled: Catalog = (file: CatalogFile) => {
  const text = Buffer.from(file.content.read(0, file.content.size)).toString('utf8');
  const stanzas = text
    .split(/\n{2,}/)
    .map(parseStanza)
    .filter(({ fields }) => fields.size > 0);
  const unique = [...new Map(stanzas.map((stanza) => [nameOf(stanza), stanza] as const).reverse()).values()].reverse();
  const providers = indexProviders(stanzas);
  return [{ kind: 'packages', type: 'apk', packages: unique.map((stanza) => toPackage(stanza, providers)) }];
};

function parseStanza(text: string): Stanza {
  const fields = new Map<string, string>();
  const files: string[] = [];
  let directory = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line[1] !== ':') throw invalid(`a line has no key: ${line.slice(0, 40)}`);
    const key = line.slice(0, 1);
    const value = line.slice(2).trimEnd();
    if (key === 'F') directory = value;
    else if (key === 'R') files.push(directory === '' ? value : `${directory}/${value}`);
    else if (!fields.has(key)) fields.set(key, value);
  }
  return { fields, files };
}

function nameOf({ fields }: Stanza): string {
  const name = fields.get('P');
  if (!name || !fields.get('V')) throw invalid('a package lacks its name or version');
  return name;
}

function toPackage({ fields, files }: Stanza, providers: ReadonlyMap<string, string>): Package {
  const name = fields.get('P') ?? '';
  const version = fields.get('V') ?? '';
  const dependsOn = resolveDependencies(fields.get('D') ?? '', providers);
  const arch = fields.get('A');
  const maintainer = fields.get('m');
  const checksum = decodeChecksum(fields.get('C'));
  return {
    id: `${name}@${version}`,
    name,
    version,
    ...(arch && { arch }),
    source: { name: fields.get('o') || name, version },
    ...(maintainer && { maintainer }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(checksum !== undefined && { checksum }),
    ...(files.length > 0 && { installedFiles: files }),
  };
}

/** Dependencies name packages or what packages provide: shared libraries, commands, virtual names. */
function indexProviders(stanzas: readonly Stanza[]): Map<string, string> {
  const providers = new Map<string, string>();
  for (const { fields } of stanzas) {
    const id = `${fields.get('P')}@${fields.get('V')}`;
    for (const provided of words(fields.get('p') ?? '')) providers.set(withoutVersion(provided), id);
    providers.set(fields.get('P') ?? '', id);
  }
  return providers;
}

/** Ids of the installed packages that meet the dependencies; conflicts (`!name`) are none. */
function resolveDependencies(text: string, providers: ReadonlyMap<string, string>): string[] {
  const ids = words(text)
    .filter((word) => !word.startsWith('!'))
    .map((word) => providers.get(withoutVersion(word)))
    .filter((id) => id !== undefined);
  return [...new Set(ids)].sort();
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function withoutVersion(requirement: string): string {
  return requirement.replace(/[<>=~].*$/, '');
}

/** `Q1` and base64 of a SHA-1; older databases have a hexadecimal MD5. */
function decodeChecksum(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const sha1 = text.startsWith('Q1');
  return `${sha1 ? 'sha1' : 'md5'}:${Buffer.from(sha1 ? text.slice(2) : text, 'base64').toString('hex')}`;
}

function invalid(reason: string): Error {
  return ecosystemError('PACKAGE_DATABASE_INVALID', { data: { format: 'apk', reason } });
}
