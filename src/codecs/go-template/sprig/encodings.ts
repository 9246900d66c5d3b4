import { createHash } from 'node:crypto';
import { basename, dirname, extname, isAbsolute, normalize } from 'node:path/posix';
import { exactly, type TemplateFunction } from '../function.ts';
import { toJson } from '../json.ts';
import { callError } from '../position.ts';
import { fromJson, type Value } from '../value.ts';

/** Functions of hashes, encodings, JSON and paths. */
export const encodingFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ['sha1sum', exactly(1, (args) => hash('sha1', args.text(0)))],
  ['sha256sum', exactly(1, (args) => hash('sha256', args.text(0)))],
  ['sha512sum', exactly(1, (args) => hash('sha512', args.text(0)))],
  ['adler32sum', exactly(1, (args) => String(adler32(args.text(0))))],
  ['b64enc', exactly(1, (args) => Buffer.from(args.text(0)).toString('base64'))],
  ['b64dec', exactly(1, (args) => decodeBase64(args.text(0)))],
  ['toJson', exactly(1, (args) => toJson(args.value(0), { indent: 0, escapesHtml: true }))],
  ['toPrettyJson', exactly(1, (args) => toJson(args.value(0), { indent: 2, escapesHtml: true }))],
  ['toRawJson', exactly(1, (args) => toJson(args.value(0), { indent: 0, escapesHtml: false }))],
  ['mustToJson', exactly(1, (args) => toJson(args.value(0), { indent: 0, escapesHtml: true }))],
  ['mustToPrettyJson', exactly(1, (args) => toJson(args.value(0), { indent: 2, escapesHtml: true }))],
  ['mustToRawJson', exactly(1, (args) => toJson(args.value(0), { indent: 0, escapesHtml: false }))],
  ['fromJson', exactly(1, (args) => parseJson(args.text(0)))],
  ['mustFromJson', exactly(1, (args) => parseJson(args.text(0)) ?? invalidJson())],
  ['base', exactly(1, (args) => basename(args.text(0)) || (args.text(0) === '' ? '.' : '/'))],
  ['dir', exactly(1, (args) => normalize(dirname(args.text(0))))],
  ['clean', exactly(1, (args) => normalize(args.text(0)).replace(/(?<=.)\/$/, ''))],
  ['ext', exactly(1, (args) => extname(`x${basename(args.text(0))}`))],
  ['isAbs', exactly(1, (args) => isAbsolute(args.text(0)))],
];

function hash(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}

/** RFC 1950 section 8.2. */
function adler32(text: string): number {
  let [a, b] = [1, 0];
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

function decodeBase64(text: string): string {
  const isValid = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
  return isValid ? Buffer.from(text, 'base64').toString('utf8') : 'illegal base64 data';
}

function parseJson(text: string): Value {
  try {
    return fromJson(JSON.parse(text));
  } catch (error) {
    // sprig's fromJson gives nothing for what is no JSON.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function invalidJson(): never {
  throw callError('the text is no JSON');
}
