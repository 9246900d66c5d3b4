import { toVisibleLine, toVisibleText } from '../../../kit/visible-text.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from '../../json.ts';

/** A document of CycloneDX's JSON form as XML, elements in the order of its XML schema. */
export function formatXml(document: Json): string {
  const writer = new XmlWriter();
  const version = textOf(document['specVersion']) ?? '';
  const serialNumber = textOf(document['serialNumber']);
  const attributes = {
    xmlns: `http://cyclonedx.org/schema/bom/${version}`,
    ...(serialNumber !== undefined && { serialNumber }),
    version: '1',
  };
  writer.element('bom', attributes, () => {
    writeMetadata(writer, objectOf(document['metadata']));
    writer.list('components', objectsOf(document['components']), (json) => writeComponent(writer, 'component', json));
    writer.list('dependencies', objectsOf(document['dependencies']), (json) => writeDependency(writer, json));
    writer.list('compositions', objectsOf(document['compositions']), (json) => writeComposition(writer, json));
    writer.list('vulnerabilities', objectsOf(document['vulnerabilities']), (json) => writeVulnerability(writer, json));
  });
  return writer.toString();
}

type Attributes = Readonly<Record<string, string>>;

/** Elements with whatever they are given made harmless, and made of characters that XML has. */
class XmlWriter {
  readonly #lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  #indent = '';

  element(name: string, attributes: Attributes, content?: () => void): void {
    const start = `${this.#indent}<${name}${formatAttributes(attributes)}`;
    if (content === undefined) {
      this.#lines.push(`${start}/>`);
      return;
    }
    this.#lines.push(`${start}>`);
    this.#indent += '  ';
    content();
    this.#indent = this.#indent.slice(2);
    this.#lines.push(`${this.#indent}</${name}>`);
  }

  /** Nothing for an empty list. */
  list(name: string, items: readonly Json[], write: (item: Json) => void): void {
    if (items.length > 0) this.element(name, {}, () => items.forEach(write));
  }

  /** Nothing for what is neither text nor a number. */
  text(name: string, value: unknown, attributes: Attributes = {}): void {
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined;
    if (text === undefined) return;
    this.#lines.push(
      `${this.#indent}<${name}${formatAttributes(attributes)}>${escapeXml(toVisibleText(text))}</${name}>`,
    );
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

function formatAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(toVisibleLine(value))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The last two code points of the basic plane are no characters of XML (XML 1.0, 2.2). */
function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char).replace(/[\ufffe\uffff]/g, '\ufffd');
}

function writeMetadata(writer: XmlWriter, metadata: Json): void {
  writer.element('metadata', {}, () => {
    writer.text('timestamp', metadata['timestamp']);
    writer.list('lifecycles', objectsOf(metadata['lifecycles']), ({ phase }) => {
      writer.element('lifecycle', {}, () => writer.text('phase', phase));
    });
    const tools = objectsOf(objectOf(metadata['tools'])['components']);
    if (tools.length > 0) {
      writer.element('tools', {}, () => {
        writer.list('components', tools, (json) => writeComponent(writer, 'component', json));
      });
    }
    writer.list('authors', objectsOf(metadata['authors']), ({ name }) => {
      writer.element('author', {}, () => writer.text('name', name));
    });
    const component = objectOf(metadata['component']);
    if (textOf(component['name']) !== undefined) writeComponent(writer, 'component', component);
  });
}

const fieldsAfterHashes = ['copyright', 'cpe', 'purl'];

function writeComponent(writer: XmlWriter, element: string, json: Json): void {
  const ref = textOf(json['bom-ref']);
  const attributes = { type: textOf(json['type']) ?? '', ...(ref !== undefined && { 'bom-ref': ref }) };
  writer.element(element, attributes, () => {
    for (const party of ['supplier', 'manufacturer']) {
      const name = textOf(objectOf(json[party])['name']);
      if (name !== undefined) writer.element(party, {}, () => writer.text('name', name));
    }
    for (const field of ['group', 'name', 'version', 'description']) writer.text(field, json[field]);
    writer.list('hashes', objectsOf(json['hashes']), ({ alg, content }) => {
      writer.text('hash', content, { alg: textOf(alg) ?? '' });
    });
    writer.list('licenses', objectsOf(json['licenses']), (license) => writeLicense(writer, license));
    for (const field of fieldsAfterHashes) writer.text(field, json[field]);
    writer.list('properties', objectsOf(json['properties']), ({ name, value }) => {
      writer.text('property', value, { name: textOf(name) ?? '' });
    });
    const occurrences = objectsOf(objectOf(json['evidence'])['occurrences']);
    if (occurrences.length > 0) {
      writer.element('evidence', {}, () => {
        writer.list('occurrences', occurrences, ({ location }) => {
          writer.element('occurrence', {}, () => writer.text('location', location));
        });
      });
    }
  });
}

function writeLicense(writer: XmlWriter, json: Json): void {
  if (textOf(json['expression']) !== undefined) return writer.text('expression', json['expression']);
  const license = objectOf(json['license']);
  writer.element('license', {}, () => {
    writer.text('id', license['id']);
    writer.text('name', license['name']);
    writer.text('text', objectOf(license['text'])['content']);
  });
}

function writeDependency(writer: XmlWriter, json: Json): void {
  const needed = textsOf(json['dependsOn']);
  const attributes = { ref: textOf(json['ref']) ?? '' };
  if (needed.length === 0) return writer.element('dependency', attributes);
  writer.element('dependency', attributes, () => {
    for (const ref of needed) writer.element('dependency', { ref });
  });
}

function writeComposition(writer: XmlWriter, json: Json): void {
  writer.element('composition', {}, () => {
    writer.text('aggregate', json['aggregate']);
    const assemblies = textsOf(json['assemblies']).map((ref) => ({ ref }));
    writer.list('assemblies', assemblies, ({ ref }) => writer.element('assembly', { ref: String(ref) }));
  });
}

function writeVulnerability(writer: XmlWriter, json: Json): void {
  writer.element('vulnerability', {}, () => {
    writer.text('id', json['id']);
    writeSource(writer, json['source']);
    writer.list('ratings', objectsOf(json['ratings']), (rating) => {
      writer.element('rating', {}, () => {
        writeSource(writer, rating['source']);
        for (const field of ['score', 'severity', 'method', 'vector']) writer.text(field, rating[field]);
      });
    });
    const cwes = Array.isArray(json['cwes']) ? json['cwes'].map((cwe: unknown) => ({ cwe })) : [];
    writer.list('cwes', cwes, ({ cwe }) => writer.text('cwe', cwe));
    for (const field of ['description', 'recommendation']) writer.text(field, json[field]);
    writer.list('advisories', objectsOf(json['advisories']), ({ url }) => {
      writer.element('advisory', {}, () => writer.text('url', url));
    });
    for (const field of ['published', 'updated']) writer.text(field, json[field]);
    writer.list('affects', objectsOf(json['affects']), (target) => writeTarget(writer, target));
  });
}

function writeSource(writer: XmlWriter, value: unknown): void {
  const source = objectOf(value);
  if (textOf(source['name']) === undefined) return;
  writer.element('source', {}, () => {
    writer.text('name', source['name']);
    writer.text('url', source['url']);
  });
}

function writeTarget(writer: XmlWriter, target: Json): void {
  writer.element('target', {}, () => {
    writer.text('ref', target['ref']);
    writer.list('versions', objectsOf(target['versions']), ({ version, status }) => {
      writer.element('version', {}, () => {
        writer.text('version', version);
        writer.text('status', status);
      });
    });
  });
}
