import { createHash } from 'node:crypto';
import { derTags, encodeDer, encodeOid } from '../../src/codecs/asn1/index.ts';
import { authorityExtensions, issueCertificate, type TestCertificate, usageExtension } from './certificate.ts';
import { makeKey, type TestKeyKind } from './keys.ts';

const { sequence, set, octetString, integer, generalizedTime } = derTags;
const year = 365 * 24 * 60 * 60_000;
const sha256Identifier = encodeDer(sequence, encodeOid('2.16.840.1.101.3.4.2.1'));
const small = (value: number): Buffer => encodeDer(integer, Buffer.from([value]));

/** A timestamp authority (RFC 3161). */
export interface TestTimestampAuthority {
  readonly root: TestCertificate;
  readonly leaf: TestCertificate;
  /** The answer that stamps the digest of some data. */
  stamp(data: Uint8Array, at: Date, options?: StampOptions): Buffer;
  /** The answer that stamps a digest which a client has made. */
  answer(imprint: Uint8Array, at: Date, options?: StampOptions): Buffer;
}

export interface StampOptions {
  /** An INTEGER in DER. */
  readonly nonce?: Buffer;
  readonly withoutCertificate?: boolean;
}

/** `usage` is what its certificate may be used for: timestamps alone, and that is critical, unless another is given. */
export function makeTimestampAuthority(
  at: Date,
  kind: TestKeyKind = 'ecdsa-p256',
  usage: Buffer = usageExtension('timeStamping', true),
): TestTimestampAuthority {
  const span = { notBefore: new Date(at.getTime() - year), notAfter: new Date(at.getTime() + 5 * year) };
  const root = issueCertificate({
    key: makeKey(kind),
    commonName: 'plimsoll test tsa root',
    extensions: authorityExtensions(),
    ...span,
  });
  const leaf = issueCertificate({
    key: makeKey(kind),
    commonName: 'plimsoll test tsa',
    issuer: root,
    extensions: [usage],
    ...span,
  });
  const answer: TestTimestampAuthority['answer'] = (imprint, time, options = {}) =>
    encodeDer(sequence, encodeDer(sequence, small(0)), toToken(leaf, root, toInfo(imprint, time, options), options));
  return {
    root,
    leaf,
    answer,
    stamp: (data, time, options) => answer(createHash('sha256').update(data).digest(), time, options),
  };
}

/** TSTInfo (RFC 3161 section 2.4.2). */
function toInfo(imprint: Uint8Array, at: Date, { nonce }: StampOptions): Buffer {
  const time = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  return encodeDer(
    sequence,
    small(1),
    encodeOid('1.3.6.1.4.1.57264.2'),
    encodeDer(sequence, sha256Identifier, encodeDer(octetString, imprint)),
    small(7),
    encodeDer(generalizedTime, Buffer.from(time)),
    ...(nonce === undefined ? [] : [nonce]),
  );
}

/** The signed message around it (RFC 5652 section 5). */
function toToken(leaf: TestCertificate, root: TestCertificate, info: Buffer, options: StampOptions): Buffer {
  const type = encodeOid('1.2.840.113549.1.9.16.1.4');
  const digest = createHash('sha256').update(info).digest();
  const certificateId = encodeDer(
    sequence,
    encodeDer(sequence, encodeDer(sequence, encodeDer(octetString, createHash('sha256').update(leaf.der).digest()))),
  );
  const attributes = [
    encodeDer(sequence, encodeOid('1.2.840.113549.1.9.3'), encodeDer(set, type)),
    encodeDer(sequence, encodeOid('1.2.840.113549.1.9.4'), encodeDer(set, encodeDer(octetString, digest))),
    encodeDer(sequence, encodeOid('1.2.840.113549.1.9.16.2.47'), encodeDer(set, certificateId)),
  ].toSorted(Buffer.compare);
  const signer = encodeDer(
    sequence,
    small(1),
    encodeDer(sequence, root.subject, leaf.serial),
    sha256Identifier,
    encodeDer(0xa0, ...attributes),
    leaf.key.algorithm,
    encodeDer(octetString, leaf.key.sign(encodeDer(set, ...attributes))),
  );
  const signed = encodeDer(
    sequence,
    small(3),
    encodeDer(set, sha256Identifier),
    encodeDer(sequence, type, encodeDer(0xa0, encodeDer(octetString, info))),
    ...(options.withoutCertificate ? [] : [encodeDer(0xa0, leaf.der)]),
    encodeDer(set, signer),
  );
  return encodeDer(sequence, encodeOid('1.2.840.113549.1.7.2'), encodeDer(0xa0, signed));
}
