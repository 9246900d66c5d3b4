import { createHash } from 'node:crypto';
import { type DsseEnvelope, parseDsseEnvelope } from '../dsse.ts';
import { envelopeError } from '../errors.ts';
import type { BundleContent, LogEntry, SigstoreBundle, VerificationMaterial } from './bundle.ts';

/** What a bundle is put together from. */
export interface BundleParts {
  readonly artifact: Uint8Array;
  /** Over the artifact, or the envelope in JSON, as older bundles have it. */
  readonly signature?: Buffer;
  readonly envelope?: DsseEnvelope;
  /** In DER. */
  readonly certificate?: Buffer;
  /** How a key is named: a digest of it in base64. */
  readonly keyHint?: string;
  readonly timestamp?: Buffer;
  /** With its proof. */
  readonly logEntry?: LogEntry;
}

/** A bundle of version 0.3. @throws ENVELOPE_BUNDLE_INCOMPLETE when nobody or nothing is signed */
export function assembleBundle(parts: BundleParts): SigstoreBundle {
  const { logEntry, timestamp } = parts;
  return {
    version: '0.3',
    material: materialOf(parts),
    logEntries: logEntry === undefined ? [] : [logEntry],
    timestamps: timestamp === undefined ? [] : [timestamp],
    content: contentOf(parts),
  };
}

/** The bundle in its newest form: of a chain the signer's certificate alone. */
export function upgradeBundle({ material, ...bundle }: SigstoreBundle): SigstoreBundle {
  const [certificate] = material.kind === 'chain' ? material.certificates : [];
  return {
    ...bundle,
    version: '0.3',
    material: certificate === undefined ? material : { kind: 'certificate', certificate },
  };
}

function materialOf({ certificate, keyHint }: BundleParts): VerificationMaterial {
  if (certificate !== undefined) return { kind: 'certificate', certificate };
  if (keyHint !== undefined) return { kind: 'public-key', hint: keyHint };
  throw incomplete('a certificate or a key');
}

function contentOf({ artifact, signature, envelope }: BundleParts): BundleContent {
  if (envelope !== undefined) return { kind: 'dsse', envelope };
  if (signature === undefined) throw incomplete('a signature');
  if (isJson(signature)) return { kind: 'dsse', envelope: parseDsseEnvelope(signature) };
  const value = createHash('sha256').update(artifact).digest();
  return { kind: 'message', signature, digest: { algorithm: 'sha256', value } };
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function incomplete(what: string): Error {
  return envelopeError('ENVELOPE_BUNDLE_INCOMPLETE', { data: { what } });
}
