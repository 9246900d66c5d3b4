import { randomBytes } from 'node:crypto';
import { derTags, encodeDer, encodeOid } from '../../src/codecs/asn1/index.ts';
import type { TestKey } from './keys.ts';

const { sequence, set, octetString, bitString, integer, boolean, utf8String } = derTags;

/** A certificate and its key. */
export interface TestCertificate {
  readonly der: Buffer;
  readonly key: TestKey;
  readonly subject: Buffer;
  readonly serial: Buffer;
}

export interface CertificateRequest {
  readonly key: TestKey;
  readonly commonName?: string;
  /** Self-signed without one. */
  readonly issuer?: TestCertificate;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Buffer[];
  /** Given the part to be signed, gives further extensions, as a transparency log's timestamps are added. */
  readonly finish?: (tbs: Buffer) => readonly Buffer[];
}

export function issueCertificate(request: CertificateRequest): TestCertificate {
  const { key, issuer, commonName = '', extensions, finish } = request;
  const subject = commonName === '' ? encodeDer(sequence) : nameOf(commonName);
  const signer = issuer?.key ?? key;
  const serial = encodeDer(integer, Buffer.concat([Buffer.from([1]), randomBytes(15)]));
  const toTbs = (all: readonly Buffer[]): Buffer =>
    encodeDer(
      sequence,
      encodeDer(0xa0, encodeDer(integer, Buffer.from([2]))),
      serial,
      signer.algorithm,
      issuer?.subject ?? subject,
      encodeDer(sequence, timeOf(request.notBefore), timeOf(request.notAfter)),
      subject,
      key.spki,
      encodeDer(0xa3, encodeDer(sequence, ...all)),
    );
  const tbs = toTbs([...extensions, ...(finish?.(toTbs(extensions)) ?? [])]);
  const signature = encodeDer(bitString, Buffer.from([0]), signer.sign(tbs));
  return { der: encodeDer(sequence, tbs, signer.algorithm, signature), key, subject, serial };
}

function nameOf(commonName: string): Buffer {
  const attribute = encodeDer(sequence, encodeOid('2.5.4.3'), encodeDer(utf8String, Buffer.from(commonName)));
  return encodeDer(sequence, encodeDer(set, attribute));
}

/** A time in DER, to the second. */
export function timeOf(time: Date): Buffer {
  const text = time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  // Until 2049 certificates must use the shorter form (RFC 5280 section 4.1.2.5).
  if (time.getUTCFullYear() < 2050) return encodeDer(derTags.utcTime, Buffer.from(text.slice(2)));
  return encodeDer(derTags.generalizedTime, Buffer.from(text));
}

export function extension(oid: string, value: Uint8Array, critical = false): Buffer {
  const flag = critical ? [encodeDer(boolean, Buffer.from([0xff]))] : [];
  return encodeDer(sequence, encodeOid(oid), ...flag, encodeDer(octetString, value));
}

/** basicConstraints of an authority, and the usage to sign certificates. */
export function authorityExtensions(pathLength?: number): Buffer[] {
  const length = pathLength === undefined ? [] : [encodeDer(integer, Buffer.from([pathLength]))];
  const constraints = encodeDer(sequence, encodeDer(boolean, Buffer.from([0xff])), ...length);
  return [
    extension('2.5.29.19', constraints, true),
    extension('2.5.29.15', encodeDer(bitString, Buffer.from([1, 0x06])), true),
  ];
}

/** Extended key usage; by number below id-kp (1.3.6.1.5.5.7.3). */
export function usageExtension(usage: 'codeSigning' | 'timeStamping' | 'serverAuth', critical = false): Buffer {
  const number = { serverAuth: 1, codeSigning: 3, timeStamping: 8 }[usage];
  return extension('2.5.29.37', encodeDer(sequence, encodeOid(`1.3.6.1.5.5.7.3.${number}`)), critical);
}

export type TestName = { readonly kind: 'email' | 'uri' | 'dns' | 'ip' | 'other'; readonly value: string };

const nameTags = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87, other: 0xa0 } as const;

/** Subject alternative names; critical, since the subject is empty. */
export function namesExtension(names: readonly TestName[]): Buffer {
  const encoded = names.map(({ kind, value }) => encodeDer(nameTags[kind], ...nameValue(kind, value)));
  return extension('2.5.29.17', encodeDer(sequence, ...encoded), true);
}

function nameValue(kind: TestName['kind'], value: string): Buffer[] {
  if (kind === 'ip') {
    return [Buffer.from(value.includes(':') ? value.split(':').flatMap(toOctets) : value.split('.').map(Number))];
  }
  if (kind !== 'other') return [Buffer.from(value)];
  return [encodeOid('1.3.6.1.4.1.57264.1.7'), encodeDer(0xa0, encodeDer(utf8String, Buffer.from(value)))];
}

function toOctets(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

/** A claim of Fulcio: bare text up to number 6, DER after it. */
export function claimExtension(number: number, value: string): Buffer {
  const text = Buffer.from(value);
  return extension(`1.3.6.1.4.1.57264.1.${number}`, number <= 6 ? text : encodeDer(utf8String, text));
}

export function toPem(der: Uint8Array, label = 'CERTIFICATE'): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
