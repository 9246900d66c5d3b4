import { makeComponent } from '../component.ts';
import { damaged, sbomError } from '../errors.ts';
import { readHash } from '../hashes.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from '../json.ts';
import type { BomDocument, Component, ComponentKind, DecodedBom, Relation, Tool } from '../model.ts';
import { readLicenses } from './licenses.ts';

export const readVersions: readonly string[] = ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'];

const maxComponents = 2_000_000;

/** An SBOM from the fields of CycloneDX's JSON form. @throws SBOM_INVALID, SBOM_UNSUPPORTED_VERSION, SBOM_TOO_LARGE */
export function readDocument(document: Json): DecodedBom {
  const version = textOf(document['specVersion']);
  if (version === undefined) throw damaged('CycloneDX', 'it does not say of which version it is');
  if (!readVersions.includes(version)) {
    throw sbomError('SBOM_UNSUPPORTED_VERSION', { data: { standard: 'CycloneDX', version } });
  }
  const metadata = objectOf(document['metadata']);
  const found = new Collected();
  const subject = isNamed(metadata['component']) ? found.add(metadata['component']) : undefined;
  for (const component of objectsOf(document['components'])) found.add(component);
  return {
    standard: `CycloneDX ${version}`,
    document: readMetadata(document, metadata, subject),
    ...(subject !== undefined && { subject }),
    components: found.components.filter((component) => component !== subject),
    relations: [...found.relations, ...readDependencies(document['dependencies'])],
    vulnerabilities: [],
    notes: [],
  };
}

function isNamed(value: unknown): value is Json {
  return textOf(objectOf(value)['name']) !== undefined;
}

/** Components with those inside them, which their relations remember. */
class Collected {
  readonly components: Component[] = [];
  readonly relations: Relation[] = [];

  /** Gives the component of `json` itself. */
  add(json: Json): Component {
    const top = this.#read(json);
    const open: { readonly json: Json; readonly ref: string }[] = [{ json, ref: top.ref }];
    for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
      for (const child of objectsOf(parent.json['components'])) {
        const { ref } = this.#read(child);
        this.relations.push({ from: parent.ref, to: ref, kind: 'contains' });
        open.push({ json: child, ref });
      }
    }
    return top;
  }

  #read(json: Json): Component {
    if (this.components.length >= maxComponents) {
      throw sbomError('SBOM_TOO_LARGE', { data: { what: 'components', limit: maxComponents } });
    }
    const component = readComponent(json, `component-${this.components.length + 1}`);
    this.components.push(component);
    return component;
  }
}

const kinds: Readonly<Record<string, ComponentKind>> = {
  application: 'application',
  container: 'container',
  'operating-system': 'operating-system',
  library: 'library',
  framework: 'library',
  file: 'file',
};

function readComponent(json: Json, fallbackRef: string): Component {
  const field = (name: string): string | undefined => textOf(json[name]);
  return makeComponent({
    ref: field('bom-ref') ?? fallbackRef,
    kind: kinds[field('type') ?? ''] ?? 'other',
    group: field('group'),
    name: field('name') ?? '',
    version: field('version'),
    description: field('description'),
    copyright: field('copyright'),
    cpe: field('cpe'),
    purl: field('purl'),
    supplier: readSupplier(json),
    licenses: readLicenses(json['licenses']),
    hashes: objectsOf(json['hashes']).flatMap(({ alg, content }) => readHash(textOf(alg), textOf(content))),
    files: objectsOf(objectOf(json['evidence'])['occurrences']).flatMap(({ location }) => {
      const path = textOf(location);
      return path === undefined ? [] : [{ path }];
    }),
    properties: readProperties(json['properties']),
  });
}

function readSupplier(json: Json): string | undefined {
  const party = readParty(json['supplier']) ?? readParty(json['manufacturer']);
  return party ?? textOf(json['publisher']) ?? textOf(json['author']);
}

function readParty(value: unknown): string | undefined {
  return textOf(objectOf(value)['name']);
}

function readProperties(value: unknown): NonNullable<Component['properties']> {
  return objectsOf(value).flatMap((property) => {
    const name = textOf(property['name']);
    return name === undefined ? [] : [{ name, value: textOf(property['value']) ?? '' }];
  });
}

function readDependencies(value: unknown): Relation[] {
  return objectsOf(value).flatMap((dependency) => {
    const from = textOf(dependency['ref']);
    if (from === undefined) return [];
    return textsOf(dependency['dependsOn']).map((to): Relation => ({ from, to, kind: 'depends-on' }));
  });
}

function readMetadata(document: Json, metadata: Json, subject: Component | undefined): BomDocument {
  const id = textOf(document['serialNumber']);
  const created = textOf(metadata['timestamp']);
  const lifecycles = objectsOf(metadata['lifecycles']).flatMap((lifecycle) =>
    [textOf(lifecycle['phase']) ?? textOf(lifecycle['name'])].filter((phase) => phase !== undefined),
  );
  const authors = [...objectsOf(metadata['authors']), ...[metadata['supplier'], metadata['manufacturer']].map(objectOf)]
    .map((party) => textOf(party['name']) ?? textOf(party['email']))
    .filter((name) => name !== undefined);
  const isIncomplete = objectsOf(document['compositions']).some((composition) =>
    textOf(composition['aggregate'])?.startsWith('incomplete'),
  );
  return {
    ...(subject !== undefined && { name: subject.name }),
    ...(id !== undefined && { id }),
    ...(created !== undefined && { created }),
    tools: readTools(metadata['tools']),
    authors,
    ...(lifecycles.length > 0 && { lifecycles }),
    ...(isIncomplete && { isIncomplete }),
  };
}

/** A list up to 1.4, components and services since 1.5. */
function readTools(value: unknown): Tool[] {
  const { components, services } = objectOf(value);
  return [...objectsOf(value), ...objectsOf(components), ...objectsOf(services)].flatMap((tool) => {
    const name = textOf(tool['name']);
    const version = textOf(tool['version']);
    const vendor =
      textOf(tool['vendor']) ?? readParty(tool['manufacturer']) ?? textOf(tool['group']) ?? textOf(tool['publisher']);
    if (name === undefined) return [];
    return [{ name, ...(version !== undefined && { version }), ...(vendor !== undefined && { vendor }) }];
  });
}
