import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';
import { derTags } from './write.ts';

/** One element of a DER encoding; all of it shares memory with the input. */
export interface DerNode {
  /** The identifier octet; types with more than one are not read. */
  readonly tag: number;
  /** The whole element. */
  readonly bytes: Buffer;
  readonly value: Buffer;
}

const maxChildren = 4096;
const maxLengthOctets = 4;

/** The one element that `bytes` holds. Elements inside are read when asked for. @throws CODEC_ASN1_INVALID */
export function parseDer(bytes: Uint8Array): DerNode {
  const buffer = toBuffer(bytes);
  const node = readNode(buffer, 0);
  if (node.bytes.length !== buffer.length) throw invalid('bytes follow the element');
  return node;
}

/** The elements inside a constructed one. @throws CODEC_ASN1_INVALID */
export function childrenOf(node: DerNode): DerNode[] {
  const children: DerNode[] = [];
  for (let at = 0; at < node.value.length; ) {
    const child = readNode(node.value, at);
    at += child.bytes.length;
    if (children.push(child) > maxChildren) throw invalid(`more than ${maxChildren} elements stand in one`);
  }
  return children;
}

function readNode(buffer: Buffer, start: number): DerNode {
  const tag = buffer[start];
  const first = buffer[start + 1];
  if (tag === undefined || first === undefined) throw invalid('an element ends before its length');
  if ((tag & 0x1f) === 0x1f) throw invalid('an element has a long identifier');
  const octets = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || octets > maxLengthOctets) throw invalid('a length has no definite form');
  const head = start + 2 + octets;
  if (head > buffer.length) throw invalid('an element ends before its length');
  const length = octets === 0 ? first : buffer.readUIntBE(start + 2, octets);
  // DER has one form for each length only (X.690 section 10.1).
  if (octets > 0 && (length < 0x80 || length < 2 ** (8 * (octets - 1)))) throw invalid('a length is not the shortest');
  if (head + length > buffer.length) throw invalid('an element is longer than what holds it');
  return { tag, bytes: buffer.subarray(start, head + length), value: buffer.subarray(head, head + length) };
}

/** An object identifier in dotted form. @throws CODEC_ASN1_INVALID */
export function toOid(node: DerNode): string {
  expectTag(node, derTags.oid, 'object identifier');
  const arcs: number[] = [];
  let arc = 0;
  let open = true;
  for (const octet of node.value) {
    if (arc > Number.MAX_SAFE_INTEGER / 256) throw invalid('an object identifier has too large a number');
    arc = arc * 128 + (octet & 0x7f);
    open = (octet & 0x80) !== 0;
    if (open) continue;
    if (arcs.length === 0) {
      const first = Math.min(Math.floor(arc / 40), 2);
      arcs.push(first, arc - first * 40);
    } else arcs.push(arc);
    arc = 0;
  }
  if (open) throw invalid('an object identifier is cut off');
  return arcs.join('.');
}

/** An integer that need not fit a number. @throws CODEC_ASN1_INVALID */
export function toInteger(node: DerNode): bigint {
  if (node.tag !== derTags.integer && node.tag !== derTags.enumerated) throw invalid('an integer is of another type');
  if (node.value.length === 0 || node.value.length > 64) throw invalid('an integer has no length that is read');
  return BigInt.asIntN(node.value.length * 8, BigInt(`0x${node.value.toString('hex')}`));
}

/** @throws CODEC_ASN1_INVALID */
export function toBoolean(node: DerNode): boolean {
  expectTag(node, derTags.boolean, 'boolean');
  const [octet] = node.value;
  if (node.value.length !== 1 || (octet !== 0 && octet !== 0xff)) throw invalid('a boolean is neither true nor false');
  return octet === 0xff;
}

/** The bytes of a bit string that has whole bytes. @throws CODEC_ASN1_INVALID */
export function toBitString(node: DerNode): Buffer {
  expectTag(node, derTags.bitString, 'bit string');
  if (node.value.length === 0) throw invalid('a bit string has no count of unused bits');
  return node.value.subarray(1);
}

/** A string of UTF-8, printable or IA5 characters. @throws CODEC_ASN1_INVALID */
export function toText(node: DerNode): string {
  const { utf8String, printableString, ia5String } = derTags;
  if (![utf8String, printableString, ia5String].includes(node.tag as 0x0c)) throw invalid('a text is of another type');
  return node.value.toString('utf8');
}

/** A UTCTime or GeneralizedTime in UTC, with fractions of a second cut off to milliseconds. @throws CODEC_ASN1_INVALID */
export function toTime(node: DerNode): Date {
  const text = node.value.toString('latin1');
  const match =
    node.tag === derTags.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text)
      : node.tag === derTags.generalizedTime
        ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{1,9}))?Z$/.exec(text)
        : null;
  if (match === null) throw invalid('a time has no form that DER allows');
  const [, year = '', month, day, hour, minute, second, fraction = '0'] = match;
  // Two digits stand for 1950 to 2049 (RFC 5280 section 4.1.2.5.1).
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const time = new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  if (Number.isNaN(time.getTime())) throw invalid('a time does not exist');
  return time;
}

function expectTag(node: DerNode, tag: number, name: string): void {
  if (node.tag !== tag) throw invalid(`no ${name} stands where one is expected`);
}

function invalid(reason: string): Error {
  return codecError('CODEC_ASN1_INVALID', { data: { reason } });
}
