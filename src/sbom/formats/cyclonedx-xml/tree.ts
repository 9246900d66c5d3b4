import { SaxesParser } from 'saxes';
import { damaged, sbomError } from '../../errors.ts';

/** An element, names without their prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const maxDepth = 100;
const maxElements = 8_000_000;

/** The root of a document. Entities of its own are refused before they could mean anything. @throws SBOM_INVALID, SBOM_TOO_LARGE */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const top: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let count = 0;
  parser.on('error', (error) => {
    throw damaged('XML', error.message);
  });
  parser.on('doctype', () => {
    throw damaged('XML', 'it declares a document type, which no SBOM has');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > maxDepth)
      throw sbomError('SBOM_TOO_LARGE', { data: { what: 'levels of nesting', limit: maxDepth } });
    if (++count > maxElements) throw sbomError('SBOM_TOO_LARGE', { data: { what: 'elements', limit: maxElements } });
    const element: OpenElement = { name: localName(name), attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const append = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.write(text).close();
  const [root] = top.children;
  if (root === undefined) throw damaged('XML', 'it has no element');
  return root;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
