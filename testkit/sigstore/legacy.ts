import { createHash } from 'node:crypto';
import { type DsseEnvelope, inTotoPayloadType, type LogEntry, preAuthEncoding } from '../../src/envelope/index.ts';
import type { TestCertificate } from './certificate.ts';
import { toPem } from './certificate.ts';
import { dsseV1, hashedRekordV1, intotoV2 } from './entries.ts';
import { makeKey, type TestKey } from './keys.ts';
import { signerOf, statementAbout, type TestStack } from './stack.ts';

/** A layer as cosign writes it under a `.sig` or `.att` tag, with its blob. */
export interface TestLegacyLayer {
  readonly mediaType: string;
  readonly annotations: Record<string, string>;
  readonly blob: Buffer;
}

export interface LegacyRequest {
  readonly digest: string;
  readonly kind: 'signature' | 'attestation';
  readonly key?: TestKey;
  readonly log?: 'v1' | 'intoto' | 'none';
  readonly timestamped?: boolean;
  readonly annotations?: Record<string, string>;
  readonly payload?: Buffer;
}

/** Rekor's answer as cosign keeps it. */
export function rekorBundle(entry: LogEntry): object {
  return {
    SignedEntryTimestamp: entry.promise?.toString('base64'),
    Payload: {
      body: entry.body.toString('base64'),
      integratedTime: entry.integratedTime,
      logIndex: entry.logIndex,
      logID: entry.logId.toString('hex'),
    },
  };
}

export function simpleSigning(digest: string, optional: Record<string, string> | null = null): Buffer {
  const critical = {
    identity: { 'docker-reference': 'registry.example.com/app' },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  };
  return Buffer.from(JSON.stringify({ critical, optional }));
}

/** Signs an image in the older layout; without a key, with a certificate. */
export function signLegacy(stack: TestStack, request: LegacyRequest): TestLegacyLayer {
  const key = request.key ?? makeKey();
  const { at, authority, certificateLog } = stack;
  const certificate = request.key === undefined ? authority.issue({ at, key, certificateLog }) : undefined;
  const { blob, signature, body, mediaType } =
    request.kind === 'signature' ? signPayload(request, key, certificate) : signEnvelope(request, key, certificate);
  const moment = new Date(at.getTime() + 5000);
  const entry = request.log === 'none' ? undefined : stack.log.append(body, moment);
  const stamp = request.timestamped ? stack.timestamps.stamp(signature, moment) : undefined;
  return {
    mediaType,
    blob,
    annotations: {
      'dev.cosignproject.cosign/signature': request.kind === 'signature' ? signature.toString('base64') : '',
      ...(certificate !== undefined && {
        'dev.sigstore.cosign/certificate': toPem(certificate.der),
        'dev.sigstore.cosign/chain': toPem(authority.intermediate.der) + toPem(authority.root.der),
      }),
      ...(entry !== undefined && { 'dev.sigstore.cosign/bundle': JSON.stringify(rekorBundle(entry)) }),
      ...(stamp !== undefined && {
        'dev.sigstore.cosign/rfc3161timestamp': JSON.stringify({ SignedRFC3161Timestamp: stamp.toString('base64') }),
      }),
    },
  };
}

function signPayload(request: LegacyRequest, key: TestKey, certificate: TestCertificate | undefined) {
  const blob = request.payload ?? simpleSigning(request.digest, request.annotations);
  const signature = key.sign(blob);
  const digest = createHash('sha256').update(blob).digest();
  const body = hashedRekordV1(digest, signature, signerOf(key, certificate));
  return { blob, signature, body, mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json' };
}

function signEnvelope(request: LegacyRequest, key: TestKey, certificate: TestCertificate | undefined) {
  const [algorithm = '', value = ''] = request.digest.split(':');
  const change = {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: [{ name: 'app', digest: { [algorithm]: value } }],
  };
  const payload = request.payload ?? Buffer.from(JSON.stringify(statementAbout(Buffer.alloc(0), change)));
  const signature = key.sign(preAuthEncoding(inTotoPayloadType, payload));
  const envelope: DsseEnvelope = { payloadType: inTotoPayloadType, payload, signatures: [{ signature }] };
  const json = { payloadType: inTotoPayloadType, payload: payload.toString('base64') };
  const blob = Buffer.from(JSON.stringify({ ...json, signatures: [{ keyid: '', sig: signature.toString('base64') }] }));
  const signer = signerOf(key, certificate);
  const body = request.log === 'intoto' ? intotoV2(envelope, signer) : dsseV1(envelope, signer);
  return { blob, signature, body, mediaType: 'application/vnd.dsse.envelope.v1+json' };
}
