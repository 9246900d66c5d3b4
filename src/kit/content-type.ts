/** As many bytes are looked at. */
const sample = 512;
const octetStream = 'application/octet-stream';

interface Signature {
  readonly type: string;
  /** Bytes in hexadecimal; `..` stands for any. */
  readonly pattern: string;
}

const signatures: readonly Signature[] = [
  { type: 'application/pdf', pattern: hex('%PDF-') },
  { type: 'application/postscript', pattern: hex('%!PS-Adobe-') },
  { type: 'text/plain', pattern: 'feff....' },
  { type: 'text/plain', pattern: 'fffe....' },
  { type: 'text/plain', pattern: 'efbbbf..' },
  { type: 'image/x-icon', pattern: '00000100' },
  { type: 'image/x-icon', pattern: '00000200' },
  { type: 'image/bmp', pattern: hex('BM') },
  { type: 'image/gif', pattern: hex('GIF87a') },
  { type: 'image/gif', pattern: hex('GIF89a') },
  { type: 'image/webp', pattern: `${hex('RIFF')}........${hex('WEBPVP')}` },
  { type: 'image/png', pattern: '89504e470d0a1a0a' },
  { type: 'image/jpeg', pattern: 'ffd8ff' },
  { type: 'audio/aiff', pattern: `${hex('FORM')}........${hex('AIFF')}` },
  { type: 'audio/mpeg', pattern: hex('ID3') },
  { type: 'application/ogg', pattern: hex('OggS\0') },
  { type: 'audio/midi', pattern: hex('MThd\0\0\0\x06') },
  { type: 'video/avi', pattern: `${hex('RIFF')}........${hex('AVI ')}` },
  { type: 'audio/wave', pattern: `${hex('RIFF')}........${hex('WAVE')}` },
  { type: 'video/webm', pattern: '1a45dfa3' },
  { type: 'application/vnd.ms-fontobject', pattern: `${'..'.repeat(34)}${hex('LP')}` },
  { type: 'font/ttf', pattern: '00010000' },
  { type: 'font/otf', pattern: hex('OTTO') },
  { type: 'font/collection', pattern: hex('ttcf') },
  { type: 'font/woff', pattern: hex('wOFF') },
  { type: 'font/woff2', pattern: hex('wOF2') },
  { type: 'application/x-gzip', pattern: '1f8b08' },
  { type: 'application/zip', pattern: '504b0304' },
  { type: 'application/x-rar-compressed', pattern: '526172211a0700' },
  { type: 'application/x-rar-compressed', pattern: '526172211a070100' },
  { type: 'application/wasm', pattern: '0061736d' },
];

const html =
  /^[\t\n\f\r ]*<(?:(?:!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P|!--)[ >])/i;
const xml = /^[\t\n\f\r ]*<\?xml/;

/** The media type that content seems to have, by its first 512 bytes (mimesniff.spec.whatwg.org, as Go has it), without parameters. */
export function contentTypeOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, sample));
  const text = start.toString('latin1');
  if (html.test(text)) return 'text/html';
  if (xml.test(text)) return 'text/xml';
  const whole = start.toString('hex');
  const found = signatures.find(({ pattern }) => matches(whole, pattern));
  if (found !== undefined) return found.type;
  if (isMp4(start)) return 'video/mp4';
  return start.some(isBinary) ? octetStream : 'text/plain';
}

/** Control characters that no text has. */
function isBinary(byte: number): boolean {
  return byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
}

function hex(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

function matches(whole: string, pattern: string): boolean {
  if (whole.length < pattern.length) return false;
  for (let at = 0; at < pattern.length; at += 2) {
    const byte = pattern.slice(at, at + 2);
    if (byte !== '..' && whole.slice(at, at + 2) !== byte) return false;
  }
  return true;
}

/** A box `ftyp` that names a brand of MP4. */
function isMp4(start: Buffer): boolean {
  if (start.length < 12) return false;
  const size = start.readUInt32BE(0);
  if (start.length < size || size % 4 !== 0 || start.toString('latin1', 4, 8) !== 'ftyp') return false;
  for (let at = 8; at < size; at += 4) {
    // The four bytes of the minor version are no brand.
    if (at !== 12 && start.toString('latin1', at, at + 3) === 'mp4') return true;
  }
  return false;
}
