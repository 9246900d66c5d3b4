import { createHash } from 'node:crypto';
import { derTags, encodeDer } from '../../src/codecs/asn1/index.ts';
import { extension } from './certificate.ts';
import { makeKey, type TestKey } from './keys.ts';
import { leafHash, treeHash } from './log.ts';

/** What is logged (RFC 6962 section 3.2): a certificate, or one before it has the log's timestamps. */
export type LoggedCertificate =
  | { readonly kind: 'certificate'; readonly der: Buffer }
  | { readonly kind: 'precertificate'; readonly tbs: Buffer; readonly issuerSpki: Buffer };

/** A log's promise; the signature is in the form of TLS. */
export interface CertificateTimestamp {
  readonly time: Date;
  readonly signature: Buffer;
}

/** What a log says of itself (RFC 6962 section 3.5). */
export interface TreeHead {
  readonly size: number;
  readonly rootHash: Buffer;
  readonly time: Date;
  readonly signature: Buffer;
}

/** A certificate transparency log. */
export interface TestCertificateLog {
  readonly key: TestKey;
  readonly id: Buffer;
  /** Adds a certificate. */
  enter(entry: LoggedCertificate, at: Date): CertificateTimestamp;
  head(at: Date): TreeHead;
  /** The extension with the log's timestamp of a certificate that is to be issued (RFC 6962 section 3.3). */
  stamp(tbs: Buffer, issuerSpki: Buffer, at: Date): Buffer;
}

const version1 = Buffer.from([0]);
const noExtensions = Buffer.from([0, 0]);
/** SHA-256 and ECDSA, as TLS numbers them. */
const algorithm = Buffer.from([4, 3]);
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

export function makeCertificateLog(): TestCertificateLog {
  const key = makeKey();
  const id = sha256(key.spki);
  const leaves: Buffer[] = [];
  const sign = (bytes: Buffer): Buffer => Buffer.concat([algorithm, sized(key.sign(bytes), 2)]);
  const enter: TestCertificateLog['enter'] = (entry, time) => {
    // A leaf of the tree and what is signed have the same form, and the same two numbers at their beginning.
    const signed = Buffer.concat([
      version1,
      Buffer.from([0]),
      numbered(time.getTime()),
      encodeEntry(entry),
      noExtensions,
    ]);
    leaves.push(leafHash(signed));
    return { time, signature: sign(signed) };
  };
  return {
    key,
    id,
    enter,
    head(time) {
      const rootHash = leaves.length === 0 ? sha256(Buffer.alloc(0)) : treeHash(leaves);
      const parts = [version1, Buffer.from([1]), numbered(time.getTime()), numbered(leaves.length), rootHash];
      return { size: leaves.length, rootHash, time, signature: sign(Buffer.concat(parts)) };
    },
    stamp(tbs, issuerSpki, at) {
      const { signature } = enter({ kind: 'precertificate', tbs, issuerSpki }, at);
      const stamp = Buffer.concat([version1, id, numbered(at.getTime()), noExtensions, signature]);
      return extension('1.3.6.1.4.1.11129.2.4.2', encodeDer(derTags.octetString, sized(sized(stamp, 2), 2)));
    },
  };
}

function encodeEntry(entry: LoggedCertificate): Buffer {
  if (entry.kind === 'certificate') return Buffer.concat([Buffer.from([0, 0]), sized(entry.der, 3)]);
  return Buffer.concat([Buffer.from([0, 1]), sha256(entry.issuerSpki), sized(entry.tbs, 3)]);
}

function numbered(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function sized(bytes: Buffer, octets: number): Buffer {
  const length = Buffer.alloc(octets);
  length.writeUIntBE(bytes.length, 0, octets);
  return Buffer.concat([length, bytes]);
}
