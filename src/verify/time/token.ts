import { childrenOf, type DerNode, derTags, parseDer, toInteger, toOid, toTime } from '../../codecs/asn1/index.ts';
import { isAppError } from '../../core/index.ts';
import { verifyError } from '../errors.ts';

/** A timestamp as its authority signed it (RFC 3161 section 2.4.2, in a SignedData of RFC 5652 section 5). */
export interface TimestampToken {
  readonly time: Date;
  /** AlgorithmIdentifier of the hash that the imprint was made by. */
  readonly imprintAlgorithm: DerNode;
  readonly imprint: Buffer;
  /** TSTInfo in DER: what the signed attributes have the digest of. */
  readonly info: Buffer;
  /** Certificates that come with it, in DER. */
  readonly certificates: readonly Buffer[];
  readonly signer: TokenSigner;
}

export interface TokenSigner {
  /** Name and number of the certificate that signed. */
  readonly issuer: Buffer;
  readonly serialNumber: bigint;
  readonly digestAlgorithm: DerNode;
  /** As they are signed: a SET. */
  readonly attributes: Buffer;
  readonly contentType: string;
  readonly messageDigest: Buffer;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Buffer;
}

const signedData = '1.2.840.113549.1.7.2';
const timestampInfo = '1.2.840.113549.1.9.16.1.4';
const contentTypeAttribute = '1.2.840.113549.1.9.3';
const messageDigestAttribute = '1.2.840.113549.1.9.4';
const maxSize = 256 * 1024;
const maxCertificates = 10;

/** Reads the answer of a timestamp authority. @throws VERIFY_TIMESTAMP_INVALID */
export function parseTimestamp(der: Uint8Array): TimestampToken {
  try {
    if (der.length > maxSize) throw invalid(`it has more than ${maxSize} bytes`);
    const [status, token] = childrenOf(parseDer(der));
    const [code] = children(status, 'status');
    // 0 is granted, 1 granted with changes (section 2.4.2).
    if (toInteger(code ?? missing('status')) > 1n) throw invalid('the authority refused it');
    return readToken(token ?? missing('token'));
  } catch (error) {
    if (isAppError(error, 'CODEC_ASN1_INVALID')) throw invalid(error.message);
    throw error;
  }
}

function readToken(token: DerNode): TimestampToken {
  const [type, content] = childrenOf(token);
  if (toOid(type ?? missing('type')) !== signedData) throw invalid('it is not signed data');
  const [, , encapsulated, ...rest] = children(children(content, 'content')[0], 'signed data');
  const [infoType, infoHolder] = children(encapsulated, 'content');
  if (toOid(infoType ?? missing('type')) !== timestampInfo) throw invalid('it signs something else');
  const [info] = children(infoHolder, 'timestamp');
  const certificates = childrenOf(rest.find(({ tag }) => tag === 0xa0) ?? empty).map(({ bytes }) => bytes);
  if (certificates.length > maxCertificates) throw invalid(`it brings more than ${maxCertificates} certificates`);
  const signers = children(
    rest.findLast(({ tag }) => tag === derTags.set),
    'signers',
  );
  const [signer] = signers;
  if (signer === undefined || signers.length > 1) throw invalid('it has not exactly one signer');
  const infoBytes = (info ?? missing('timestamp')).value;
  return { ...readInfo(parseDer(infoBytes)), info: infoBytes, certificates, signer: readSigner(signer) };
}

function readInfo(node: DerNode): Pick<TimestampToken, 'time' | 'imprint' | 'imprintAlgorithm'> {
  const [version, , imprint, , time] = childrenOf(node);
  if (toInteger(version ?? missing('version')) !== 1n) throw invalid('it is not of version 1');
  const [algorithm, digest] = children(imprint, 'imprint');
  return {
    time: toTime(time ?? missing('time')),
    imprintAlgorithm: algorithm ?? missing('hash'),
    imprint: (digest ?? missing('imprint')).value,
  };
}

function readSigner(node: DerNode): TokenSigner {
  const [, id, digestAlgorithm, attributes, signatureAlgorithm, signature] = childrenOf(node);
  if (attributes?.tag !== 0xa0) throw invalid('its signer has no signed attributes');
  const [issuer, serial] = children(id, 'signer');
  const values = new Map(childrenOf(attributes).map(readAttribute));
  return {
    issuer: (issuer ?? missing('issuer')).bytes,
    serialNumber: toInteger(serial ?? missing('number of the certificate')),
    digestAlgorithm: digestAlgorithm ?? missing('digest algorithm'),
    // They stand with another tag than the one that they are signed with (RFC 5652 section 5.4).
    attributes: Buffer.concat([Buffer.from([derTags.set]), attributes.bytes.subarray(1)]),
    contentType: toOid(values.get(contentTypeAttribute) ?? missing('content type')),
    messageDigest: (values.get(messageDigestAttribute) ?? missing('digest')).value,
    signatureAlgorithm: signatureAlgorithm ?? missing('signature algorithm'),
    signature: (signature ?? missing('signature')).value,
  };
}

function readAttribute(node: DerNode): [string, DerNode] {
  const [type, values] = childrenOf(node);
  const [value] = children(values, 'attribute');
  return [toOid(type ?? missing('type')), value ?? missing('attribute')];
}

const empty: DerNode = { tag: derTags.set, bytes: Buffer.alloc(0), value: Buffer.alloc(0) };

function children(node: DerNode | undefined, what: string): DerNode[] {
  return childrenOf(node ?? missing(what));
}

function missing(what: string): never {
  throw invalid(`its ${what} is missing`);
}

function invalid(reason: string): Error {
  return verifyError('VERIFY_TIMESTAMP_INVALID', { data: { reason } });
}

/** True for a token of the type that timestamps have. */
export function isTimestampSigner({ contentType }: TokenSigner): boolean {
  return contentType === timestampInfo;
}
