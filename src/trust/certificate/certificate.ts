import { createPublicKey } from 'node:crypto';
import {
  childrenOf,
  type DerNode,
  derTags,
  parseDer,
  toBitString,
  toBoolean,
  toInteger,
  toOid,
  toTime,
} from '../../codecs/asn1/index.ts';
import { describeError } from '../../core/index.ts';
import { once } from '../../kit/memoize.ts';
import { trustError } from '../errors.ts';
import { type PublicKey, toPublicKey } from '../keys/public-key.ts';

/** An X.509 certificate of version 3 (RFC 5280 section 4.1). */
export interface Certificate {
  readonly der: Buffer;
  /** The part that is signed. */
  readonly tbs: DerNode;
  readonly serialNumber: bigint;
  /** Names in DER, which is how they are compared. */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Buffer;
  /** @throws TRUST_KEY_INVALID, TRUST_KEY_UNSUPPORTED */
  readonly publicKey: () => PublicKey;
  /** By object identifier. */
  readonly extensions: ReadonlyMap<string, Extension>;
  /** The object identifier of how it is signed, with its parameters. */
  readonly signatureAlgorithm: DerNode;
  readonly signature: Buffer;
}

export interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

const maxSize = 64 * 1024;
const maxExtensions = 64;
const versionTag = 0xa0;
const extensionsTag = 0xa3;

/** Reads one certificate. @throws TRUST_CERTIFICATE_INVALID */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > maxSize) throw invalid(`it has more than ${maxSize} bytes`);
  try {
    return readCertificate(Buffer.from(der));
  } catch (error) {
    throw invalid(describeError(error));
  }
}

function readCertificate(der: Buffer): Certificate {
  const whole = parseDer(der);
  const [tbs, signatureAlgorithm, signature, ...more] = childrenOf(whole);
  if (tbs === undefined || signatureAlgorithm === undefined || signature === undefined || more.length > 0) {
    throw invalid('it has not three parts');
  }
  if (![whole, tbs, signatureAlgorithm].every(({ tag }) => tag === derTags.sequence) || signature.value[0] !== 0) {
    throw invalid('its parts are of other types');
  }
  const [version, ...fields] = childrenOf(tbs);
  if (version?.tag !== versionTag || toInteger(first(version)) !== 2n) throw invalid('it is not of version 3');
  const [serial, algorithm, issuer, validity, subject, spki, ...rest] = fields;
  if (serial === undefined || algorithm === undefined || issuer === undefined) throw invalid('it is cut off');
  if (validity === undefined || subject === undefined || spki === undefined) throw invalid('it is cut off');
  // What is signed says the same of the algorithm as what is not (RFC 5280 section 4.1.1.2).
  if (!algorithm.bytes.equals(signatureAlgorithm.bytes)) throw invalid('it names two algorithms');
  const [notBefore, notAfter] = childrenOf(validity);
  if (notBefore === undefined || notAfter === undefined) throw invalid('it has no validity');
  return {
    der,
    tbs,
    serialNumber: toInteger(serial),
    issuer: issuer.bytes,
    subject: subject.bytes,
    notBefore: toTime(notBefore),
    notAfter: toTime(notAfter),
    spki: spki.bytes,
    publicKey: once(() => toPublicKey(() => createPublicKey({ key: spki.bytes, format: 'der', type: 'spki' }))),
    extensions: readExtensions(rest.find(({ tag }) => tag === extensionsTag)),
    signatureAlgorithm,
    signature: toBitString(signature),
  };
}

function readExtensions(node: DerNode | undefined): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (node === undefined) return extensions;
  const list = childrenOf(first(node));
  if (list.length > maxExtensions) throw invalid(`it has more than ${maxExtensions} extensions`);
  for (const extension of list) {
    const [oid, ...rest] = childrenOf(extension);
    const value = rest.pop();
    if (oid === undefined || value === undefined) throw invalid('an extension is cut off');
    const id = toOid(oid);
    if (extensions.has(id)) throw invalid(`it has the extension ${id} twice`);
    extensions.set(id, { critical: rest[0] !== undefined && toBoolean(rest[0]), value: value.value });
  }
  return extensions;
}

function first(node: DerNode): DerNode {
  const [child] = childrenOf(node);
  if (child === undefined) throw invalid('an element is empty');
  return child;
}

/** The certificates of a PEM text, in its order. @throws TRUST_CERTIFICATE_INVALID, also when there is none */
export function parseCertificatesPem(pem: string): Certificate[] {
  if (pem.length > 10 * maxSize) throw invalid('the text is too long');
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw invalid('the text holds no CERTIFICATE in PEM');
  return blocks.map((block) => parseCertificate(Buffer.from(block.replace(/-----[A-Z ]+-----/g, ''), 'base64')));
}

function invalid(reason: string): Error {
  return trustError('TRUST_CERTIFICATE_INVALID', { data: { reason } });
}
