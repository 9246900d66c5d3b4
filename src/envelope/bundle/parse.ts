import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { readDsseEnvelope } from '../dsse.ts';
import { envelopeError } from '../errors.ts';
import {
  type BundleContent,
  type HashName,
  hashNames,
  type MessageDigest,
  type SigstoreBundle,
  type VerificationMaterial,
} from './bundle.ts';
import { readLogEntry } from './log-entry.ts';
import { bundleVersionOf } from './media-type.ts';

export interface BundleRules {
  /** Accepts the chain that version 0.3 must not have. */
  readonly allowChain?: boolean;
}

const maxSize = 128 * 2 ** 20;
/** The bounds that cosign has too. */
const maxLogEntries = 32;
const maxTimestamps = 32;
const maxCertificates = 10;

/**
 * Reads a bundle of version 0.1 to 0.3 from JSON, and refuses one that lacks what its version demands.
 * @throws ENVELOPE_BUNDLE_*, ENVELOPE_DSSE_INVALID, KIT_JSON_INVALID, KIT_TEXT_TOO_LONG
 */
export function parseBundle(json: Uint8Array | string, rules: BundleRules = {}): SigstoreBundle {
  const fields = new ProtoFields(parseBoundedJson(json, maxSize));
  const version = bundleVersionOf(fields.text('mediaType') ?? '');
  fields.only('mediaType', 'verificationMaterial', 'messageSignature', 'dsseEnvelope');
  const material = fields.fields('verificationMaterial');
  if (material === undefined) throw invalid('it says nothing of who signed');
  material.only('publicKey', 'x509CertificateChain', 'certificate', 'tlogEntries', 'timestampVerificationData');
  const timestamps = material.fields('timestampVerificationData')?.only('rfc3161Timestamps');
  const bundle: SigstoreBundle = {
    version,
    material: readMaterial(material),
    logEntries: material.list('tlogEntries', maxLogEntries).map(readLogEntry),
    timestamps: (timestamps?.list('rfc3161Timestamps', maxTimestamps) ?? []).map(
      (timestamp) => timestamp.only('signedTimestamp').bytes('signedTimestamp') ?? Buffer.alloc(0),
    ),
    content: readContent(fields),
  };
  assertVersion(bundle, rules);
  return bundle;
}

/** What each version demands (sigstore_bundle.proto). */
function assertVersion({ version, logEntries, material }: SigstoreBundle, rules: BundleRules): void {
  if (material.kind === 'chain' && version === '0.3' && !rules.allowChain) {
    throw envelopeError('ENVELOPE_BUNDLE_CHAIN', { data: { version } });
  }
  if (logEntries.length === 0) return;
  if (version === '0.1') {
    if (logEntries.every(({ promise }) => promise === undefined)) throw envelopeError('ENVELOPE_BUNDLE_PROMISE');
  } else if (logEntries.every(({ proof }) => proof === undefined)) {
    throw envelopeError('ENVELOPE_BUNDLE_PROOF', { data: { version } });
  }
}

function readMaterial(fields: ProtoFields): VerificationMaterial {
  const given = ['publicKey', 'x509CertificateChain', 'certificate'].filter((name) => fields.has(name));
  if (given.length !== 1) throw invalid('it has not exactly one of public key, certificate and certificate chain');
  const key = fields.fields('publicKey');
  if (key !== undefined) return { kind: 'public-key', hint: key.only('hint').text('hint') ?? '' };
  const chain = fields.fields('x509CertificateChain')?.only('certificates');
  if (chain !== undefined) {
    const certificates = chain.list('certificates', maxCertificates).map(readCertificate);
    if (certificates.length === 0) throw invalid('its certificate chain is empty');
    return { kind: 'chain', certificates };
  }
  return { kind: 'certificate', certificate: readCertificate(fields.fields('certificate') ?? fields) };
}

function readCertificate(fields: ProtoFields): Buffer {
  const bytes = fields.only('rawBytes').bytes('rawBytes');
  if (bytes === undefined || bytes.length === 0) throw invalid('a certificate is empty');
  return bytes;
}

function readContent(fields: ProtoFields): BundleContent {
  const message = fields.fields('messageSignature')?.only('messageDigest', 'signature');
  const envelope = fields.fields('dsseEnvelope')?.only('payload', 'payloadType', 'signatures');
  if ((message === undefined) === (envelope === undefined)) {
    throw invalid('it has not exactly one of message signature and DSSE envelope');
  }
  if (envelope !== undefined) return { kind: 'dsse', envelope: readDsseEnvelope(envelope) };
  const signature = message?.bytes('signature');
  if (signature === undefined || signature.length === 0) throw invalid('its signature is empty');
  const digest = readDigest(message?.fields('messageDigest')?.only('algorithm', 'digest'));
  return { kind: 'message', signature, ...(digest !== undefined && { digest }) };
}

function readDigest(fields: ProtoFields | undefined): MessageDigest | undefined {
  const value = fields?.bytes('digest');
  if (fields === undefined || value === undefined || value.length === 0) return undefined;
  const algorithm = hashNameOf(fields.raw('algorithm'));
  if (algorithm === undefined) throw invalid('its digest is of an algorithm that is not read');
  return { algorithm, value };
}

/** `SHA2_256` or its number, and so on (sigstore_common.proto, HashAlgorithm). */
function hashNameOf(value: unknown): HashName | undefined {
  return hashNames.find((name, index) => value === index + 1 || value === `SHA2_${name.slice(3)}`);
}

function invalid(reason: string): Error {
  return envelopeError('ENVELOPE_BUNDLE_INVALID', { data: { reason } });
}
