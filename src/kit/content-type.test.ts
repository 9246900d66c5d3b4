import { expect, test } from 'vitest';
import { contentTypeOf } from './content-type.ts';

const box = (size: number, brand: string, rest = ''): Buffer => {
  const bytes = Buffer.from(`0000ftyp${brand}0000${rest}`, 'latin1');
  bytes.writeUInt32BE(size, 0);
  return bytes;
};

test.each<[string, string | Buffer]>([
  ['text/plain', ''],
  ['text/plain', 'words\n'],
  ['text/plain', '{"a":1}'],
  ['text/plain', '\ufeffwords'],
  ['text/plain', Buffer.from('fffe610062006300', 'hex')],
  ['text/html', '  <!doctype html>'],
  ['text/html', '<p>'],
  ['text/plain', '<pre>'],
  ['text/xml', '\n<?xml version="1.0"?>'],
  ['application/octet-stream', Buffer.from('7f454c460201', 'hex')],
  ['application/octet-stream', 'words\0'],
  ['application/pdf', '%PDF-1.7'],
  ['application/zip', 'PK\u0003\u0004'],
  ['application/x-gzip', Buffer.from('1f8b0800', 'hex')],
  ['application/wasm', Buffer.from('0061736d01000000', 'hex')],
  ['image/png', Buffer.from('89504e470d0a1a0a00', 'hex')],
  ['image/webp', 'RIFF1234WEBPVP8'],
  ['audio/wave', 'RIFF1234WAVEfmt '],
  ['application/vnd.ms-fontobject', `${'\0'.repeat(34)}LP`],
  ['video/mp4', box(16, 'mp42')],
  ['video/mp4', box(20, 'isom', 'mp41')],
  ['application/octet-stream', box(16, 'isom')],
  ['application/octet-stream', box(64, 'mp42')],
  ['text/plain', `${'a'.repeat(512)}\0`],
])('%s is told by the content %j', (type, content) => {
  expect(contentTypeOf(Buffer.from(content))).toBe(type);
});
