import type { Coordinates } from '../../core/index.ts';

/** A licence as a project states it; either part may be empty. */
export interface PomLicense {
  readonly name: string;
  readonly url: string;
}

/** The coordinates in a `pom.properties` (Maven Archiver); undefined unless all three are there. */
export function parsePomProperties(bytes: Buffer): Coordinates | undefined {
  let group = '';
  let artifact = '';
  let version = '';
  for (const line of bytes.toString('utf8').split('\n')) {
    const [key, value = ''] = splitOnce(line.trim(), '=');
    if (key === 'groupId') group = value;
    else if (key === 'artifactId') artifact = value;
    else if (key === 'version') version = value;
  }
  return group === '' || artifact === '' || version === '' ? undefined : { group, artifact, version };
}

/** Group and artifact that the path `META-INF/maven/GROUP/ARTIFACT/pom.xml` names. */
export function parsePomPath(name: string): Pick<Coordinates, 'group' | 'artifact'> | undefined {
  const [, group, artifact] = /^META-INF\/maven\/([^/]+)\/(.+)\/pom\.xml$/.exec(name) ?? [];
  return group === undefined || artifact === undefined ? undefined : { group, artifact };
}

/**
 * The `licenses` element of a `pom.xml`, read by a tokenizer that knows just enough XML: tags, comments, CDATA and
 * entities; nothing is resolved or included. A document that is cut short gives what was complete.
 */
export function parsePomLicenses(bytes: Buffer): PomLicense[] {
  const licenses: PomLicense[] = [];
  let name = '';
  let url = '';
  for (const { place, text } of walkElements(decode(bytes))) {
    if (place === 'licenses/license/name') name += text ?? '';
    if (place === 'licenses/license/url') url += text ?? '';
    if (place !== 'licenses/license' || text !== undefined) continue;
    licenses.push({ name: name.trim(), url: url.trim() });
    name = '';
    url = '';
  }
  return licenses;
}

/** The texts and the ends of elements, each with its place below the root; stops where the nesting is wrong. */
function* walkElements(xml: string): Generator<{ place: string; text?: string }, void, undefined> {
  const path: string[] = [];
  for (const token of tokenize(xml)) {
    if (token.kind === 'open') {
      path.push(token.name);
      continue;
    }
    const place = path.length > licenseDepth ? '' : path.slice(1).join('/');
    if (token.kind === 'text') yield { place, text: token.text };
    else if (path.pop() === token.name) yield { place };
    else return;
  }
}

/** Elements from the root to the name of a licence; what lies deeper is of no interest. */
const licenseDepth = 4;

type Token =
  | { readonly kind: 'open' | 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** Stretches of markup that are skipped, by how they begin and end (XML 1.0, 2.5 to 2.8). */
const skipped: readonly (readonly [begin: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
];
const cdata = '<![CDATA[';

function* tokenize(xml: string): Generator<Token, void, undefined> {
  let at = 0;
  while (at < xml.length) {
    const tag = xml.indexOf('<', at);
    if (tag < 0) return;
    if (tag > at) yield { kind: 'text', text: decodeEntities(xml.slice(at, tag)) };
    const isData = xml.startsWith(cdata, tag);
    const ending = isData ? ']]>' : (skipped.find(([begin]) => xml.startsWith(begin, tag))?.[1] ?? '>');
    const end = xml.indexOf(ending, tag + 1);
    if (end < 0) return;
    if (isData) yield { kind: 'text', text: xml.slice(tag + cdata.length, end) };
    else if (xml[tag + 1] !== '!' && xml[tag + 1] !== '?') yield* tagTokens(xml.slice(tag + 1, end));
    at = end + ending.length;
  }
}

/** The name without its namespace prefix; an empty element opens and closes. */
function* tagTokens(tag: string): Generator<Token, void, undefined> {
  const name = localName(tag.startsWith('/') ? tag.slice(1) : tag);
  if (!tag.startsWith('/')) yield { kind: 'open', name };
  if (tag.startsWith('/') || tag.endsWith('/')) yield { kind: 'close', name };
}

function localName(tag: string): string {
  const name = /^[^\s/]*/.exec(tag)?.[0] ?? '';
  return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?)?(\w{1,10});/g, (whole, hash: string | undefined, body: string) => {
    if (hash === undefined) return entities[body] ?? whole;
    const code = Number.parseInt(body, hash === '#x' ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** UTF-8 unless the declaration says otherwise; the encodings it may name besides share ASCII with Latin-1. */
function decode(bytes: Buffer): string {
  const [, encoding = 'utf-8'] = /^<\?xml[^>]{0,100}encoding=["']([\w-]+)/.exec(bytes.toString('latin1', 0, 200)) ?? [];
  return bytes.toString(/^utf-?8$/i.test(encoding) ? 'utf8' : 'latin1');
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
