import { makeComponent } from '../component.ts';
import { damaged, sbomError } from '../errors.ts';
import { readHash } from '../hashes.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from '../json.ts';
import type { BomDocument, Component, ComponentKind, DecodedBom, FileRef, Hash, Tool } from '../model.ts';
import { ownNamespace, trivyNamespace } from '../properties.ts';
import { contextMark } from './context.ts';
import { readExpression, readExtracted } from './licenses.ts';
import { kindOfId, readPurpose } from './purposes.ts';
import { type Connections, readConnections } from './relationships.ts';

export const readVersions: readonly string[] = ['2.2', '2.3'];

const maxElements = 4_000_000;

/** An SBOM from the fields of SPDX 2's JSON form. @throws SBOM_INVALID, SBOM_UNSUPPORTED_VERSION, SBOM_TOO_LARGE */
export function readDocument(document: Json): DecodedBom {
  const version = textOf(document['spdxVersion'])?.replace(/^SPDX-/, '') ?? versionOfContext(document['@context']);
  if (version === undefined) throw damaged('SPDX', 'it does not say of which version it is');
  if (!readVersions.includes(version)) {
    throw sbomError('SBOM_UNSUPPORTED_VERSION', { data: { standard: 'SPDX', version } });
  }
  const packages = objectsOf(document['packages']);
  if (packages.length > maxElements) {
    throw sbomError('SBOM_TOO_LARGE', { data: { what: 'packages', limit: maxElements } });
  }
  const connections = readConnections(document, readFiles(document));
  const extracted = readExtracted(objectsOf(document['hasExtractedLicensingInfos']));
  const described = new Set(connections.described);
  const components = packages.map((json, index) =>
    readPackage(json, { fallbackId: `package-${index + 1}`, extracted, connections, described }),
  );
  const subject = components.find(({ ref }) => ref === connections.described[0]);
  return {
    standard: `SPDX ${version}`,
    document: readCreation(document),
    ...(subject !== undefined && { subject }),
    components: components.filter((component) => component !== subject),
    relations: connections.relations,
    vulnerabilities: [],
    notes: [],
  };
}

/** SPDX 3 names its version in the address of its context. */
function versionOfContext(context: unknown): string | undefined {
  return /\/rdf\/(3[\d.]*)\//.exec(textOf(context) ?? '')?.[1];
}

function readFiles(document: Json): Map<string, FileRef> {
  const files = new Map<string, FileRef>();
  for (const file of objectsOf(document['files'])) {
    const [id, path] = [textOf(file['SPDXID']), textOf(file['fileName'])];
    const hashes = readChecksums(file['checksums']);
    if (id !== undefined && path !== undefined) files.set(id, { path, ...(hashes.length > 0 && { hashes }) });
  }
  return files;
}

function readChecksums(value: unknown): Hash[] {
  return objectsOf(value).flatMap((checksum) =>
    readHash(textOf(checksum['algorithm']), textOf(checksum['checksumValue'])),
  );
}

interface PackageContext {
  readonly fallbackId: string;
  readonly extracted: ReadonlyMap<string, string>;
  readonly connections: Connections;
  readonly described: ReadonlySet<string>;
}

function readPackage(json: Json, context: PackageContext): Component {
  const ref = textOf(json['SPDXID']) ?? context.fallbackId;
  const version = stated(json['versionInfo']);
  const purl = locatorOf(json, /^purl$/);
  const license = stated(json['licenseDeclared']) ?? stated(json['licenseConcluded']);
  const [, sourceInfo] = /^built package from: (.+)$/.exec(textOf(json['sourceInfo']) ?? '') ?? [];
  return makeComponent({
    ref,
    kind: kindOf(json, ref, version ?? purl, context),
    name: textOf(json['name']) ?? '',
    version,
    purl,
    cpe: locatorOf(json, /^cpe2[23]Type$/),
    supplier: readParty(json['supplier']) ?? readParty(json['originator']),
    description: textOf(json['description']),
    copyright: stated(json['copyrightText']),
    licenses: readExpression(license, context.extracted),
    hashes: readChecksums(json['checksums']),
    sourceInfo,
    files: [...(context.connections.files.get(ref) ?? [])],
    properties: readAnnotations(json['annotations']),
  });
}

/** What states no purpose is a library, unless it is there only to hold others, or is the subject. */
function kindOf(json: Json, ref: string, identity: string | undefined, context: PackageContext): ComponentKind {
  const purpose = readPurpose(textOf(json['primaryPackagePurpose']));
  if (purpose !== undefined) return purpose;
  if (identity === undefined && context.connections.holders.has(ref)) return 'other';
  return kindOfId(ref) ?? (context.described.has(ref) ? 'other' : 'library');
}

/** Text that is more than the words for "not known" and "there is none". */
function stated(value: unknown): string | undefined {
  const text = textOf(value);
  return text === 'NOASSERTION' || text === 'NONE' ? undefined : text;
}

function locatorOf(json: Json, type: RegExp): string | undefined {
  const found = objectsOf(json['externalRefs']).find((reference) =>
    type.test(textOf(reference['referenceType']) ?? ''),
  );
  return textOf(found?.['referenceLocator']);
}

function readParty(value: unknown): string | undefined {
  return stated(value)?.replace(/^(?:Organization|Person): ?/, '');
}

/** Only annotations of tools that are known to write properties this way mean something. */
function readAnnotations(value: unknown): NonNullable<Component['properties']> {
  return objectsOf(value).flatMap((annotation) => {
    if (!/^Tool: (?:trivy|plimsoll)\b/.test(textOf(annotation['annotator']) ?? '')) return [];
    const [, name, text] = /^((?:plimsoll:)?\w+): (.*)$/s.exec(textOf(annotation['comment']) ?? '') ?? [];
    if (name === undefined || text === undefined) return [];
    return [{ name: name.startsWith(ownNamespace) ? name : `${trivyNamespace}${name}`, value: text }];
  });
}

function readCreation(document: Json): BomDocument {
  const creation = objectOf(document['creationInfo']);
  const creators = textsOf(creation['creators']);
  const comment = textOf(creation['comment']) ?? '';
  const [name, id, created] = [
    textOf(document['name']),
    textOf(document['documentNamespace']),
    textOf(creation['created']),
  ];
  return {
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id, namespace: id }),
    ...(created !== undefined && { created }),
    tools: creators.flatMap(readTool),
    ...(comment.startsWith(contextMark) && { lifecycles: comment.slice(contextMark.length).split(', ') }),
    authors: creators.flatMap((creator) => /^(?:Organization|Person): ?(.+)$/.exec(creator)?.[1] ?? []),
  };
}

/** `Tool: name-version`. */
function readTool(creator: string): Tool[] {
  const [, text] = /^Tool: ?(.+)$/.exec(creator) ?? [];
  if (text === undefined) return [];
  const dash = text.search(/-v?\d[^-]*(?:-[^-]*)?$/);
  return dash < 1 ? [{ name: text }] : [{ name: text.slice(0, dash), version: text.slice(dash + 1) }];
}
