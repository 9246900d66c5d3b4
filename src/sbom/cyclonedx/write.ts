import { writeHash } from '../hashes.ts';
import { type Json, withoutEmpty } from '../json.ts';
import type { Bom, BomVulnerability, Component, ComponentKind, Hash, Property, Rating, Tool } from '../model.ts';
import { makeProperties, trivyProperty } from '../properties.ts';
import { writeLicenses } from './licenses.ts';

/** The CycloneDX document of an SBOM in the fields and order of its JSON form. */
export function writeDocument(bom: Bom, version: string): Json {
  const { document, subject } = bom;
  return withoutEmpty({
    $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion: version,
    serialNumber: document.id === undefined ? undefined : `urn:uuid:${document.id}`,
    version: 1,
    metadata: withoutEmpty({
      timestamp: document.created,
      lifecycles: document.lifecycles?.map((phase) => ({ phase })),
      tools: { components: document.tools.map(writeTool) },
      authors: document.authors.map((name) => ({ name })),
      component: subject === undefined ? undefined : writeComponent(subject),
    }),
    components: bom.components.map(writeComponent),
    dependencies: writeDependencies(bom),
    compositions: writeCompositions(bom),
    vulnerabilities: bom.vulnerabilities.map(writeVulnerability),
  });
}

function writeTool({ vendor, name, version }: Tool): Json {
  return withoutEmpty({
    type: 'application',
    manufacturer: vendor === undefined ? undefined : { name: vendor },
    name,
    version,
  });
}

const types: Readonly<Record<ComponentKind, string>> = {
  application: 'application',
  container: 'container',
  filesystem: 'application',
  'operating-system': 'operating-system',
  library: 'library',
  file: 'file',
  other: 'platform',
};

function writeComponent(component: Component): Json {
  return withoutEmpty({
    'bom-ref': component.ref,
    type: types[component.kind],
    supplier: component.supplier === undefined ? undefined : { name: component.supplier },
    group: component.group,
    name: component.name,
    version: component.version,
    description: component.description,
    hashes: component.hashes?.flatMap(writeOneHash),
    licenses: component.licenses === undefined ? undefined : writeLicenses(component.licenses),
    copyright: component.copyright,
    cpe: component.cpe,
    purl: component.purl,
    evidence:
      component.files === undefined || component.files.length === 0
        ? undefined
        : { occurrences: component.files.map(({ path }) => ({ location: path })) },
    properties: propertiesOf(component).map(({ name, value }) => ({ name, value })),
  });
}

/** What SPDX has a field for stands among the properties here. */
function propertiesOf(component: Component): readonly Property[] {
  const { properties = [], sourceInfo } = component;
  if (sourceInfo === undefined || trivyProperty(component, 'SrcName') !== undefined) return properties;
  const [SrcName, SrcVersion] = sourceInfo.split(' ', 2);
  return [...properties, ...makeProperties({ SrcName, SrcVersion })];
}

function writeOneHash(hash: Hash): Json[] {
  const written = writeHash(hash, 'cyclonedx');
  return written === undefined ? [] : [{ alg: written.algorithm, content: written.value }];
}

/** Every component is listed, also those that need nothing, which says that this is known (specification, "dependencies"). */
function writeDependencies({ subject, components, relations }: Bom): Json[] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of relations) {
    const known = targets.get(from);
    if (known === undefined) targets.set(from, new Set([to]));
    else known.add(to);
  }
  const refs = [...(subject === undefined ? [] : [subject.ref]), ...components.map(({ ref }) => ref)].sort();
  return refs.map((ref) => ({ ref, dependsOn: [...(targets.get(ref) ?? [])].sort() }));
}

function writeCompositions({ document, subject }: Bom): Json[] {
  if (!document.isIncomplete) return [];
  return [withoutEmpty({ aggregate: 'incomplete', assemblies: subject === undefined ? undefined : [subject.ref] })];
}

function writeVulnerability(vulnerability: BomVulnerability): Json {
  return withoutEmpty({
    id: vulnerability.id,
    source: vulnerability.source,
    ratings: vulnerability.ratings.map(writeRating),
    cwes: vulnerability.cwes,
    description: vulnerability.description,
    recommendation: vulnerability.recommendation,
    advisories: vulnerability.advisories.map((url) => ({ url })),
    published: vulnerability.published,
    updated: vulnerability.updated,
    affects: vulnerability.affects.map(({ ref, version }) => ({
      ref,
      versions: [{ version, status: 'affected' }],
    })),
  });
}

function writeRating({ source, score, severity, method, vector }: Rating): Json {
  return withoutEmpty({ source: { name: source }, score, severity, method, vector });
}
