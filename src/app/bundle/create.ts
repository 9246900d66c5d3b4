import { readWhole } from '../../disk/index.ts';
import {
  assembleBundle,
  formatBundle,
  type LegacyEvidence,
  parseDsseEnvelope,
  parseLegacyBundle,
} from '../../envelope/index.ts';
import { keyHint, parseCertificatesPem, parsePublicKey } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { CreateBundleInput } from './input.ts';
import { withProof } from './upgrade.ts';

const mebibyte = 2 ** 20;
const limits = { artifact: 2048 * mebibyte, evidence: 128 * mebibyte, key: 64 * 1024 };

/** A bundle of version 0.3 of what cosign 2 wrote in files. @throws ENVELOPE_*, TRUST_*, KIT_*, NET_*, DISK_* */
export async function created(input: CreateBundleInput, context: AppContext): Promise<string> {
  const artifact = await readWhole(input.artifact, limits.artifact);
  const legacy = await read(input.bundle, (json) => parseLegacyBundle(json, artifact));
  const signature = (await read(input.signature, fromBase64)) ?? signatureOf(legacy);
  const envelope = await read(input.attestation, parseDsseEnvelope);
  const certificate = (await read(input.certificate, toCertificate)) ?? certificateOf(legacy);
  const timestamp = await read(input.timestamp, toTimestamp);
  const hint = await read(input.key, (pem) => keyHint(parsePublicKey(pem)));
  const entry = input.ignoreLog ? undefined : legacy?.logEntry;
  const logEntry = entry && (await withProof(entry, input.rekorUrl, context));
  return formatBundle(
    assembleBundle({
      artifact,
      ...(signature !== undefined && { signature }),
      ...(envelope !== undefined && { envelope }),
      ...(certificate !== undefined && { certificate }),
      ...(hint !== undefined && { keyHint: hint }),
      ...(timestamp !== undefined && { timestamp }),
      ...(logEntry !== undefined && { logEntry }),
    }),
  );
}

async function read<T>(path: string | undefined, parse: (bytes: Buffer) => T): Promise<T | undefined> {
  return path === undefined ? undefined : parse(await readWhole(path, limits.evidence));
}

function fromBase64(text: Buffer): Buffer {
  return Buffer.from(text.toString('latin1').trim(), 'base64');
}

function toCertificate(bytes: Buffer): Buffer | undefined {
  const text = bytes.toString('latin1');
  return parseCertificatesPem(text.includes('-----BEGIN') ? text : fromBase64(bytes).toString('latin1'))[0]?.der;
}

function toTimestamp(json: Buffer): Buffer {
  const { SignedRFC3161Timestamp: text } = JSON.parse(json.toString('utf8')) as { SignedRFC3161Timestamp?: unknown };
  return Buffer.from(String(text ?? ''), 'base64');
}

function signatureOf(legacy: LegacyEvidence | undefined): Buffer | undefined {
  return legacy?.content.kind === 'payload' ? legacy.content.signature : undefined;
}

function certificateOf({ certificates }: Partial<LegacyEvidence> = {}): Buffer | undefined {
  return certificates?.kind === 'chain' ? certificates.certificates[0] : certificates?.certificate;
}
