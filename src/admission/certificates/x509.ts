import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';

import { derTags, encodeDer, encodeOid } from '../../codecs/asn1/index.ts';
import { isAddress, toOctets } from './address.ts';

const { sequence, set, octetString, bitString, integer, boolean, utf8String, utcTime, generalizedTime } = derTags;

/** A certificate and its key, in PEM. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Span {
  readonly from: Date;
  readonly until: Date;
}

const algorithm = encodeDer(sequence, encodeOid('1.2.840.10045.4.3.2'));

/** A new authority that signs certificates of servers and nothing below it (RFC 5280 section 4.2.1.9). */
export function makeAuthority(span: Span): KeyedCertificate {
  // Each has a name of its own, so that who checks a chain never takes one for another.
  const name = `plimsoll admission ${randomBytes(8).toString('hex')}`;
  const isAuthority = encodeDer(sequence, encodeDer(boolean, Buffer.from([0xff])), number(Buffer.from([0])));
  return issue({
    name,
    span,
    extensions: [
      extension('2.5.29.19', isAuthority, true),
      extension('2.5.29.15', encodeDer(bitString, Buffer.from([1, 0x06])), true),
    ],
  });
}

/** A certificate of an authority for a server that has these DNS names and addresses. */
export function issueServing(authority: KeyedCertificate, names: readonly string[], span: Span): KeyedCertificate {
  const alternatives = encodeDer(sequence, ...names.map(toAlternative));
  return issue({
    name: '',
    span,
    authority,
    extensions: [
      extension('2.5.29.15', encodeDer(bitString, Buffer.from([7, 0x80])), true),
      extension('2.5.29.37', encodeDer(sequence, encodeOid('1.3.6.1.5.5.7.3.1'))),
      // Critical, since the subject is empty (RFC 5280 section 4.2.1.6).
      extension('2.5.29.17', alternatives, true),
    ],
  });
}

interface Issue {
  readonly name: string;
  readonly span: Span;
  readonly extensions: readonly Buffer[];
  /** Self-signed without one. */
  readonly authority?: KeyedCertificate;
}

function issue({ name, span, extensions, authority }: Issue): KeyedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = toName(name);
  const issuer = authority === undefined ? subject : toName(commonNameOf(authority.certificate));
  const tbs = encodeDer(
    sequence,
    encodeDer(0xa0, number(Buffer.from([2]))),
    number(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    issuer,
    encodeDer(sequence, toTime(span.from), toTime(span.until)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    encodeDer(0xa3, encodeDer(sequence, ...extensions)),
  );
  const signer = authority === undefined ? privateKey : createPrivateKey(authority.key);
  const signature = encodeDer(bitString, Buffer.from([0]), sign('sha256', tbs, signer));
  return {
    certificate: new X509Certificate(encodeDer(sequence, tbs, algorithm, signature)).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function commonNameOf(certificate: string): string {
  return new X509Certificate(certificate).subject.replace(/^CN=/, '');
}

function toName(commonName: string): Buffer {
  if (commonName === '') return encodeDer(sequence);
  const attribute = encodeDer(sequence, encodeOid('2.5.4.3'), encodeDer(utf8String, Buffer.from(commonName)));
  return encodeDer(sequence, encodeDer(set, attribute));
}

/** UTCTime until 2049, GeneralizedTime after it (RFC 5280 section 4.1.2.5). */
function toTime(time: Date): Buffer {
  const text = `${time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  const isEarly = time.getUTCFullYear() < 2050;
  return encodeDer(isEarly ? utcTime : generalizedTime, Buffer.from(isEarly ? text.slice(2) : text));
}

/** A GeneralName (RFC 5280 section 4.2.1.6). */
function toAlternative(name: string): Buffer {
  return isAddress(name) ? encodeDer(0x87, toOctets(name)) : encodeDer(0x82, Buffer.from(name));
}

function extension(oid: string, value: Uint8Array, critical = false): Buffer {
  const flag = critical ? [encodeDer(boolean, Buffer.from([0xff]))] : [];
  return encodeDer(sequence, encodeOid(oid), ...flag, encodeDer(octetString, value));
}

function number(value: Uint8Array): Buffer {
  return encodeDer(integer, value);
}
