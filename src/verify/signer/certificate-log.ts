import { createHash } from 'node:crypto';
import { childrenOf, derTags, encodeDer, parseDer, toOid } from '../../codecs/asn1/index.ts';
import { isAppError } from '../../core/index.ts';
import { type Certificate, isWithin, oids, type TrustedLog, verifyMessage } from '../../trust/index.ts';
import { verifyError } from '../errors.ts';

/** A certificate log's promise to include a certificate (RFC 6962 section 3.2). */
interface SignedCertificateTimestamp {
  readonly logId: Buffer;
  readonly time: Date;
  /** The time as it is signed. */
  readonly timeBytes: Buffer;
  readonly extensions: Buffer;
  readonly signature: Buffer;
}

const maxTimestamps = 32;
const extensionsTag = 0xa3;

/** Checks the timestamps that stand in the leaf, by any chain it has. @throws VERIFY_CERTIFICATE_LOG */
export function assertInCertificateLogs(
  chains: readonly (readonly Certificate[])[],
  logs: readonly TrustedLog[],
  threshold: number,
): void {
  const [leaf] = chains[0] ?? [];
  const found = leaf === undefined ? 0 : countLogs(leaf, chains, logs);
  if (found < threshold) throw verifyError('VERIFY_CERTIFICATE_LOG', { data: { found, wanted: threshold } });
}

function countLogs(
  leaf: Certificate,
  chains: readonly (readonly Certificate[])[],
  logs: readonly TrustedLog[],
): number {
  const counted = new Set<TrustedLog>();
  const issuers = chains.flatMap((chain) => chain[1] ?? []);
  for (const timestamp of readTimestamps(leaf)) {
    const log = logs.find(({ id }) => id.equals(timestamp.logId));
    if (log === undefined || counted.has(log) || !isWithin(log.validity, timestamp.time)) continue;
    if (issuers.some((issuer) => isPromised(timestamp, leaf, issuer, log))) counted.add(log);
  }
  return counted.size;
}

/** None when the extension is missing or not valid. */
function readTimestamps({ extensions }: Certificate): SignedCertificateTimestamp[] {
  const extension = extensions.get(oids.signedTimestamps);
  if (extension === undefined) return [];
  try {
    const list = new SizedReader(parseDer(extension.value).value).sized();
    const timestamps: SignedCertificateTimestamp[] = [];
    for (const items = new SizedReader(list); !items.isDone && timestamps.length < maxTimestamps; ) {
      const timestamp = readTimestamp(new SizedReader(items.sized()));
      if (timestamp !== undefined) timestamps.push(timestamp);
    }
    return timestamps;
  } catch (error) {
    if (error instanceof RangeError || isAppError(error, 'CODEC_ASN1_INVALID')) return [];
    throw error;
  }
}

/** Undefined for another version than 1. */
function readTimestamp(reader: SizedReader): SignedCertificateTimestamp | undefined {
  if (reader.take(1)[0] !== 0) return undefined;
  const logId = reader.take(32);
  const timeBytes = reader.take(8);
  const extensions = reader.sized();
  // The algorithm is the one of the log's key, whatever is said here.
  reader.take(2);
  return {
    logId,
    timeBytes,
    time: new Date(Number(timeBytes.readBigUInt64BE())),
    extensions,
    signature: reader.sized(),
  };
}

/** Whether the log signed this certificate, as it was before the timestamps were added, of this issuer. */
function isPromised(
  timestamp: SignedCertificateTimestamp,
  leaf: Certificate,
  issuer: Certificate,
  log: TrustedLog,
): boolean {
  const { timeBytes, extensions, signature } = timestamp;
  const issuerHash = createHash('sha256').update(issuer.spki).digest();
  const signed = Buffer.concat([
    Buffer.from([0, 0]),
    timeBytes,
    Buffer.from([0, 1]),
    issuerHash,
    withSize(withoutTimestamps(leaf), 3),
    withSize(extensions, 2),
  ]);
  try {
    const { key, scheme } = log.key();
    return scheme.name !== 'ed25519ph' && verifyMessage(key, scheme, signed, signature);
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

/** The part of the certificate that is signed, less the extension with the timestamps (RFC 6962 section 3.2). */
function withoutTimestamps({ tbs }: Certificate): Buffer {
  const parts = childrenOf(tbs).map((part) => {
    if (part.tag !== extensionsTag) return part.bytes;
    const kept = childrenOf(part)
      .flatMap(childrenOf)
      .filter((extension) => {
        const [oid] = childrenOf(extension);
        return oid !== undefined && toOid(oid) !== oids.signedTimestamps;
      });
    return encodeDer(extensionsTag, encodeDer(derTags.sequence, ...kept.map(({ bytes }) => bytes)));
  });
  return encodeDer(derTags.sequence, ...parts);
}

function withSize(bytes: Buffer, octets: number): Buffer {
  const size = Buffer.alloc(octets);
  size.writeUIntBE(bytes.length, 0, octets);
  return Buffer.concat([size, bytes]);
}

/** Reads values with their lengths before them (RFC 8446 section 3.4). Throws RangeError at the end. */
class SizedReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError('the data ends early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  sized(): Buffer {
    return this.take(this.take(2).readUInt16BE());
  }
}
