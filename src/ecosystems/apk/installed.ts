import type { Catalog, Package } from '../../core/index.ts';
import { splitLicenseWords } from '../../licenses/index.ts';
import { Damage } from '../damage.ts';
import { Dependencies } from '../dependencies.ts';
import { readStanzas, type Stanza } from './stanza.ts';

/** Reads `lib/apk/db/installed`; of a name that comes twice the first counts. @throws PACKAGE_DATABASE_INVALID, CODEC_LIMIT, KIT_* */
export const catalogInstalled: Catalog = (file) => {
  const damage = new Damage();
  const stanzas: Stanza[] = [];
  damage.attempt(() => {
    for (const stanza of readStanzas(file.content, damage.add)) stanzas.push(stanza);
  });
  const dependencies = new Dependencies('apk', indexProviders(stanzas));
  const packages = new Map<string, Package>();
  for (const stanza of stanzas) {
    if (packages.has(stanza.name)) continue;
    const dependsOn = damage.attempt(() => dependencies.resolve(namesIn(stanza.fields.get('D') ?? '')));
    packages.set(stanza.name, toPackage(stanza, dependsOn ?? []));
  }
  return damage.toRecords('apk', [...packages.values()]);
};

function toPackage(stanza: Stanza, dependsOn: readonly string[]): Package {
  const { name, version, fields, files } = stanza;
  const licenses = splitLicenseWords(fields.get('L') ?? '');
  const arch = fields.get('A');
  const maintainer = fields.get('m');
  const checksum = decodeChecksum(fields.get('C'));
  return {
    id: idOf(stanza),
    name,
    version,
    ...(arch && { arch }),
    source: { name: fields.get('o') || name, version },
    ...(licenses.length > 0 && { licenses }),
    ...(maintainer && { maintainer }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(checksum !== undefined && { checksum }),
    ...(files.length > 0 && { installedFiles: files }),
  };
}

function idOf({ name, version }: Stanza): string {
  return `${name}@${version}`;
}

/** Dependencies name packages or what packages provide: shared libraries, commands, virtual names. */
function indexProviders(stanzas: readonly Stanza[]): Map<string, string> {
  const providers = new Map<string, string>();
  for (const stanza of stanzas) {
    for (const provided of words(stanza.fields.get('p') ?? '')) providers.set(withoutVersion(provided), idOf(stanza));
    providers.set(stanza.name, idOf(stanza));
  }
  return providers;
}

/** Names in a list of dependencies; conflicts (`!name`) are none. */
function namesIn(text: string): string[] {
  return words(text)
    .filter((word) => !word.startsWith('!'))
    .map(withoutVersion);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function withoutVersion(requirement: string): string {
  const end = requirement.search(/[<>=~]/);
  return end === -1 ? requirement : requirement.slice(0, end);
}

/** `Q1` and base64 of a SHA-1, `Q2` and base64 of a SHA-256; older databases have base64 of an MD5. */
function decodeChecksum(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const algorithm = ({ Q1: 'sha1', Q2: 'sha256' } as Record<string, string>)[text.slice(0, 2)];
  const encoded = algorithm === undefined ? text : text.slice(2);
  return `${algorithm ?? 'md5'}:${Buffer.from(encoded, 'base64').toString('hex')}`;
}
