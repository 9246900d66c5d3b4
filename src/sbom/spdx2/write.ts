import { createHash } from 'node:crypto';
import { writeHash } from '../hashes.ts';
import { type Json, withoutEmpty } from '../json.ts';
import type { Bom, Component, FileRef, Hash } from '../model.ts';
import { fullName } from '../packages.ts';
import { trivyNamespace } from '../properties.ts';
import { contextMark } from './context.ts';
import { toElementId } from './ids.ts';
import { ExtractedLicenses } from './licenses.ts';
import { purposes } from './purposes.ts';

/** The SPDX 2.3 document of an SBOM in the fields and order of its JSON form. */
export function writeDocument(bom: Bom): Json {
  const { document, subject } = bom;
  const licenses = new ExtractedLicenses();
  const context: Context = { bom, licenses, advisories: advisoriesOf(bom), files: new Map() };
  const components = [...(subject === undefined ? [] : [subject]), ...bom.components];
  const packages = components.map((component) => writePackage(component, context));
  const ids = new Map(components.map((component) => [component.ref, idOf(component)]));
  const relations = bom.relations.map(({ from, to, kind }) =>
    relate(ids.get(from), kind === 'contains' ? 'CONTAINS' : 'DEPENDS_ON', ids.get(to)),
  );
  return withoutEmpty({
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: document.name ?? 'unnamed',
    documentNamespace: document.namespace ?? `urn:uuid:${document.id}`,
    creationInfo: withoutEmpty({
      comment: document.lifecycles === undefined ? undefined : `${contextMark}${document.lifecycles.join(', ')}`,
      creators: creatorsOf(bom),
      created: document.created,
    }),
    packages,
    files: [...context.files.values()].map(({ json }) => json),
    hasExtractedLicensingInfos: licenses.toJson(),
    relationships: [
      ...(subject === undefined ? components.slice(0, 1) : [subject]).flatMap((described) =>
        relate('SPDXRef-DOCUMENT', 'DESCRIBES', idOf(described)),
      ),
      ...relations.flat(),
      ...[...context.files.values()].flatMap(({ owners, json }) =>
        owners.flatMap((owner) => relate(owner, 'CONTAINS', json['SPDXID'] as string)),
      ),
    ],
  });
}

interface Context {
  readonly bom: Bom;
  readonly licenses: ExtractedLicenses;
  /** Addresses of advisories by component. */
  readonly advisories: ReadonlyMap<string, readonly Advisory[]>;
  /** Files by path, with the packages that they belong to. */
  readonly files: Map<string, { readonly json: Json; readonly owners: string[] }>;
}

interface Advisory {
  readonly id: string;
  readonly url: string;
}

function idOf({ kind, ref }: Component): string {
  return toElementId(purposes[kind].idPrefix, ref);
}

function creatorsOf({ document }: Bom): string[] {
  return [
    ...document.authors.map((name) => `Organization: ${name}`),
    ...document.tools.flatMap(({ vendor, name, version }) => [
      ...(vendor === undefined ? [] : [`Organization: ${vendor}`]),
      `Tool: ${name}${version === undefined ? '' : `-${version}`}`,
    ]),
  ];
}

function writePackage(component: Component, context: Context): Json {
  const id = idOf(component);
  const code = addFiles(component.files ?? [], id, context);
  const license = context.licenses.express(component.licenses);
  return withoutEmpty({
    name: fullName(component),
    SPDXID: id,
    versionInfo: component.version,
    supplier: component.supplier === undefined ? undefined : `Organization: ${component.supplier}`,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: code !== undefined,
    packageVerificationCode: code === undefined ? undefined : { packageVerificationCodeValue: code },
    checksums: component.hashes?.flatMap(writeChecksum),
    sourceInfo: component.sourceInfo === undefined ? undefined : `built package from: ${component.sourceInfo}`,
    licenseConcluded: license,
    licenseDeclared: license,
    copyrightText: component.copyright ?? 'NOASSERTION',
    description: component.description,
    externalRefs: writeReferences(component, context.advisories.get(component.ref) ?? []),
    primaryPackagePurpose: purposes[component.kind].purpose,
    annotations: writeAnnotations(component, context.bom),
  });
}

function writeChecksum(hash: Hash): Json[] {
  const written = writeHash(hash, 'spdx');
  return written === undefined ? [] : [{ algorithm: written.algorithm, checksumValue: written.value }];
}

function writeReferences({ purl, cpe }: Component, advisories: readonly Advisory[]): Json[] {
  return [
    ...(purl === undefined ? [] : [reference('PACKAGE-MANAGER', 'purl', purl)]),
    ...(cpe === undefined ? [] : [reference('SECURITY', cpe.startsWith('cpe:2.3:') ? 'cpe23Type' : 'cpe22Type', cpe)]),
    ...advisories.map(({ id, url }) => ({ ...reference('SECURITY', 'advisory', url), comment: id })),
  ];
}

function reference(referenceCategory: string, referenceType: string, referenceLocator: string): Json {
  // A locator ends at the first space (spdx-spec 7.21).
  return { referenceCategory, referenceType, referenceLocator: referenceLocator.replace(/\s/g, '%20') };
}

/** Properties of CycloneDX have no field here. The source package has one, so that its parts need no annotation. */
function writeAnnotations({ properties = [], sourceInfo }: Component, { document }: Bom): Json[] {
  const [tool] = document.tools;
  return properties
    .filter(({ name }) => sourceInfo === undefined || !/:Src(?:Name|Version|Release|Epoch)$/.test(name))
    .map(({ name, value }) => ({
      annotator: `Tool: ${tool?.name ?? 'unknown'}${tool?.version === undefined ? '' : `-${tool.version}`}`,
      annotationDate: document.created,
      annotationType: 'OTHER',
      comment: `${name.startsWith(trivyNamespace) ? name.slice(trivyNamespace.length) : name}: ${value}`,
    }));
}

/** Lists files whose SHA-1 is known, and gives the package verification code over them (spdx-spec 7.9). */
function addFiles(files: readonly FileRef[], owner: string, context: Context): string | undefined {
  const sums = files.flatMap((file) => {
    const sha1 = (file.hashes ?? []).find(({ algorithm }) => algorithm === 'sha1');
    if (sha1 === undefined) return [];
    const key = `${file.path}\n${sha1.value}`;
    const known = context.files.get(key);
    if (known === undefined) context.files.set(key, { json: writeFile(file, sha1, key), owners: [owner] });
    else known.owners.push(owner);
    return [sha1.value];
  });
  return sums.length === 0 ? undefined : createHash('sha1').update(sums.sort().join('')).digest('hex');
}

function writeFile({ path, hashes = [] }: FileRef, sha1: Hash, key: string): Json {
  return {
    fileName: path,
    SPDXID: toElementId('File', key),
    checksums: [sha1, ...hashes.filter((hash) => hash !== sha1)].flatMap(writeChecksum),
    licenseConcluded: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
  };
}

function relate(from: string | undefined, relationshipType: string, to: string | undefined): Json[] {
  if (from === undefined || to === undefined) return [];
  return [{ spdxElementId: from, relatedSpdxElement: to, relationshipType }];
}

function advisoriesOf({ vulnerabilities }: Bom): Map<string, Advisory[]> {
  const advisories = new Map<string, Advisory[]>();
  for (const { id, advisories: urls, affects } of vulnerabilities) {
    const [url] = urls;
    if (url === undefined) continue;
    for (const { ref } of affects) {
      const known = advisories.get(ref) ?? [];
      advisories.set(ref, known);
      known.push({ id, url });
    }
  }
  return advisories;
}
