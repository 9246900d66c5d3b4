import type { Json } from '../../json.ts';
import type { XmlElement } from './tree.ts';

/** A document in the fields that CycloneDX's JSON form has. */
export function toDocument(root: XmlElement): Json {
  const [namespace] = Object.entries(root.attributes)
    .filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
    .flatMap(([, value]) => /^http:\/\/cyclonedx\.org\/schema\/bom\/(.+)$/.exec(value)?.[1] ?? []);
  return {
    bomFormat: 'CycloneDX',
    specVersion: namespace,
    serialNumber: root.attributes['serialNumber'],
    metadata: toMetadata(child(root, 'metadata')),
    components: children(root, 'components').map(toComponent),
    dependencies: children(root, 'dependencies').map(toDependency),
    compositions: children(root, 'compositions').map((composition) => ({
      aggregate: text(composition, 'aggregate'),
    })),
  };
}

function toMetadata(metadata: XmlElement | undefined): Json {
  const component = child(metadata, 'component');
  const tools = child(metadata, 'tools');
  const listed = children(metadata, 'tools');
  return {
    timestamp: text(metadata, 'timestamp'),
    lifecycles: children(metadata, 'lifecycles').map((one) => ({ phase: text(one, 'phase'), name: text(one, 'name') })),
    tools: listed.some(({ name }) => name === 'tool')
      ? listed.map((tool) => ({
          vendor: text(tool, 'vendor'),
          name: text(tool, 'name'),
          version: text(tool, 'version'),
        }))
      : {
          components: children(tools, 'components').map(toComponent),
          services: children(tools, 'services').map(toComponent),
        },
    authors: children(metadata, 'authors').map(toParty),
    supplier: toParty(child(metadata, 'supplier')),
    manufacturer: toParty(child(metadata, 'manufacturer') ?? child(metadata, 'manufacture')),
    ...(component !== undefined && { component: toComponent(component) }),
  };
}

function toParty(party: XmlElement | undefined): Json {
  return { name: text(party, 'name'), email: text(party, 'email') };
}

const plainFields = ['group', 'name', 'version', 'description', 'copyright', 'cpe', 'purl', 'publisher', 'author'];

/** Components hold components: as many as the parser lets through. */
function toComponent(element: XmlElement): Json {
  const occurrences = children(child(element, 'evidence'), 'occurrences');
  return {
    'bom-ref': element.attributes['bom-ref'],
    type: element.attributes['type'],
    ...Object.fromEntries(plainFields.map((name) => [name, text(element, name)])),
    supplier: toParty(child(element, 'supplier')),
    manufacturer: toParty(child(element, 'manufacturer')),
    hashes: children(element, 'hashes').map((hash) => ({ alg: hash.attributes['alg'], content: hash.text.trim() })),
    licenses: children(element, 'licenses').map(toLicense),
    evidence: { occurrences: occurrences.map((one) => ({ location: text(one, 'location') })) },
    properties: children(element, 'properties').map((one) => ({ name: one.attributes['name'], value: one.text })),
    components: children(element, 'components').map(toComponent),
  };
}

function toLicense(element: XmlElement): Json {
  if (element.name === 'expression') return { expression: element.text.trim() };
  const content = child(element, 'text')?.text;
  return { license: { id: text(element, 'id'), name: text(element, 'name'), text: { content } } };
}

function toDependency(element: XmlElement): Json {
  return {
    ref: element.attributes['ref'],
    dependsOn: element.children.filter(({ name }) => name === 'dependency').map(({ attributes }) => attributes['ref']),
  };
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/** What stands in the list of that name. */
function children(element: XmlElement | undefined, list: string): readonly XmlElement[] {
  return child(element, list)?.children ?? [];
}

function text(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text;
}
