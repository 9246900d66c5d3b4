import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../core/index.ts';
import type { SigstoreBundle } from './bundle.ts';
import { formatBundle } from './format.ts';
import { bundleMediaType } from './media-type.ts';
import { parseBundle } from './parse.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

const message: SigstoreBundle = {
  version: '0.3',
  material: { kind: 'certificate', certificate: bytes('certificate') },
  logEntries: [
    {
      logIndex: 7,
      logId: bytes('log'),
      kind: 'hashedrekord',
      version: '0.0.1',
      integratedTime: 1_700_000_000,
      promise: bytes('promise'),
      proof: { logIndex: 5, treeSize: 9, rootHash: bytes('root'), hashes: [bytes('h')], checkpoint: 'note\n' },
      body: bytes('{}'),
    },
  ],
  timestamps: [bytes('token')],
  content: { kind: 'message', signature: bytes('s'), digest: { algorithm: 'sha384', value: bytes('d') } },
};
const envelope = { payloadType: 'text', payload: bytes('p'), signatures: [{ signature: bytes('s'), keyId: 'k' }] };
const keyed: SigstoreBundle = {
  version: '0.2',
  material: { kind: 'public-key', hint: 'hint' },
  logEntries: [],
  timestamps: [],
  content: { kind: 'dsse', envelope },
};
const chained: SigstoreBundle = { ...keyed, version: '0.1', material: { kind: 'chain', certificates: [bytes('c')] } };

/** A bundle as JSON with one of its values changed. */
function changed(bundle: SigstoreBundle, path: string, value: unknown): string {
  const document = JSON.parse(formatBundle(bundle));
  const names = path.split('.');
  const last = names.pop() ?? '';
  const place = names.reduce((object, name) => object[name], document);
  place[last] = value;
  return JSON.stringify(document);
}

test.each([
  ['of a message', message],
  ['of an envelope', keyed],
  ['with a chain', chained],
])('a bundle %s is written and read', (_, bundle) => {
  expect(parseBundle(formatBundle(bundle))).toEqual(bundle);
});

test.each([
  ['application/vnd.dev.sigstore.bundle+json;version=0.3', '0.3'],
  ['application/vnd.dev.sigstore.bundle.v0.3.2+json', '0.3'],
  ['application/vnd.dev.sigstore.bundle.v0.1+json', '0.1'],
])('the media type %s is read', (mediaType, version) => {
  expect(parseBundle(changed({ ...message, version: '0.1' }, 'mediaType', mediaType)).version).toBe(version);
});

test.each([
  'application/vnd.dev.sigstore.bundle.v0.4+json',
  'application/vnd.dev.sigstore.bundle.v0.9+json',
  'application/vnd.dev.sigstore.bundle.v1+json',
  `${bundleMediaType} `,
  '',
])('the media type "%s" is refused', (mediaType) => {
  expect(() => parseBundle(changed(message, 'mediaType', mediaType))).toThrowCode('ENVELOPE_BUNDLE_VERSION');
});

test('each version demands its proof, and only old ones have a chain', () => {
  const [entry] = message.logEntries;
  const { promise: _, ...unpromised } = entry ?? message.logEntries[0] ?? expect.fail();
  const { proof: __, ...unproven } = entry ?? expect.fail();
  const parse = (change: Partial<SigstoreBundle>) => () => parseBundle(formatBundle({ ...message, ...change }));
  expect(parse({ version: '0.1', logEntries: [unpromised] })).toThrowCode('ENVELOPE_BUNDLE_PROMISE');
  expect(parse({ version: '0.1', logEntries: [unproven] })()).toBeDefined();
  expect(parse({ version: '0.2', logEntries: [unproven] })).toThrowCode('ENVELOPE_BUNDLE_PROOF');
  expect(parse({ logEntries: [unproven] })).toThrowCode('ENVELOPE_BUNDLE_PROOF');
  expect(parse({ material: chained.material })).toThrowCode('ENVELOPE_BUNDLE_CHAIN');
  expect(parseBundle(formatBundle({ ...message, material: chained.material }), { allowChain: true })).toBeDefined();
});

test.each<[string, unknown, string]>([
  ['verificationMaterial', null, 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.certificate', null, 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.publicKey', { hint: 'h' }, 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.certificate.rawBytes', '', 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.certificate.other', '', 'KIT_JSON_INVALID'],
  ['verificationMaterial.tlogEntries', Array(33).fill({}), 'KIT_JSON_INVALID'],
  ['verificationMaterial.tlogEntries.0.kindVersion', null, 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.tlogEntries.0.logId', null, 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.tlogEntries.0.canonicalizedBody', '', 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.tlogEntries.0.logIndex', '-1', 'KIT_JSON_INVALID'],
  ['verificationMaterial.tlogEntries.0.inclusionProof.checkpoint', null, 'ENVELOPE_BUNDLE_INVALID'],
  ['verificationMaterial.tlogEntries.0.inclusionProof.hashes', Array(65).fill('AA'), 'KIT_JSON_INVALID'],
  ['verificationMaterial.timestampVerificationData.rfc3161Timestamps', Array(33).fill({}), 'KIT_JSON_INVALID'],
  ['messageSignature', null, 'ENVELOPE_BUNDLE_INVALID'],
  ['messageSignature.signature', '', 'ENVELOPE_BUNDLE_INVALID'],
  ['messageSignature.messageDigest.algorithm', 'SHA1', 'ENVELOPE_BUNDLE_INVALID'],
  ['dsseEnvelope', { payloadType: 'x' }, 'ENVELOPE_BUNDLE_INVALID'],
  ['unknown', 1, 'KIT_JSON_INVALID'],
])('%s of %j is refused', (path, value, code) => {
  expect(() => parseBundle(changed(message, path, value))).toThrowCode(code);
});

test('an envelope without a type, and an empty signature, are refused', () => {
  expect(() => parseBundle(changed(keyed, 'dsseEnvelope.payloadType', ''))).toThrowCode('ENVELOPE_DSSE_INVALID');
  expect(() => parseBundle(changed(keyed, 'dsseEnvelope.signatures', [{ sig: '' }]))).toThrowCode(
    'ENVELOPE_DSSE_INVALID',
  );
});

test('any JSON is read or refused with a code', () => {
  const hostile = fc.oneof(fc.json(), fc.string());
  fc.assert(
    fc.property(hostile, fc.constantFrom(message, keyed, chained), fc.nat(), (text, bundle, at) => {
      const whole = formatBundle(bundle);
      const cut = at % whole.length;
      for (const input of [text, whole.slice(0, cut) + text + whole.slice(cut), whole.slice(0, cut)]) {
        try {
          parseBundle(input);
        } catch (error) {
          if (!isAppError(error)) throw error;
        }
      }
    }),
  );
});
