import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack, signBundle, testTime } from '../../testkit/sigstore/stack.ts';
import { isAppError } from '../core/index.ts';
import { formatBundle, parseBundle, readLegacyLayer } from '../envelope/index.ts';
import { parseTrustedRoot } from '../trust/index.ts';
import { artifactOf } from './artifact.ts';
import { parseCheckpoint } from './log/checkpoint.ts';
import { leafHash, rootOf } from './log/merkle.ts';
import type { VerifyPolicy } from './policy.ts';
import { parseTimestamp } from './time/token.ts';
import { verifyTimestamp } from './time/verify-timestamp.ts';
import { verifyBundle } from './verify-bundle.ts';
import { verifyLegacy } from './verify-legacy.ts';

const stack = makeStack();
const trust = parseTrustedRoot(stack.trustedRoot());
const artifact = Buffer.from('the artifact');
const policy: VerifyPolicy = {
  signer: { kind: 'identity', identities: [{ name: { exact: 'user@example.com' } }] },
  trust,
  now: testTime,
};
const signedAt = new Date(testTime.getTime() + 5000);
const samples = (['v1', 'v2', 'v1-intoto', 'v2-dsse'] as const).map((log) => {
  const content = log === 'v1' ? 'message' : 'statement';
  return JSON.stringify(JSON.parse(formatBundle(signBundle(stack, { artifact, content, log }).bundle)));
});

/** The name on a checkpoint's signature line is a label that nobody signs; the key's hint behind it decides. */
function withoutLabels(text: string): string {
  return text.replace(/\\n— [^ ]+ /g, '\\n— name ');
}

test('a bundle of which any character was changed is never accepted for another artifact, and nothing crashes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.constantFrom(...'AZaz09+/="{}[]:,\\ n'),
      async (sample, at, char) => {
        const place = at % sample.length;
        const changed = `${sample.slice(0, place)}${char}${sample.slice(place + 1)}`;
        try {
          const bundle = parseBundle(changed);
          const answer = await verifyBundle(bundle, artifactOf(artifact), policy);
          if (answer.outcome === 'not-verified') return;
          // What is still accepted says the same; a timestamp has parts that nobody signs, and states the same time.
          const same = { ...bundle, timestamps: parseBundle(sample).timestamps };
          const isSame = withoutLabels(formatBundle(same)) === withoutLabels(sample);
          expect([isSame, answer.times.map(({ at }) => at)]).toEqual([true, [signedAt]]);
        } catch (error) {
          if (!isAppError(error)) throw error;
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('an envelope or payload of the older layout of which any byte was changed is refused, and nothing crashes', async () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const layers = (['signature', 'attestation'] as const).map((kind) => signLegacy(stack, { digest, kind }));
  const byte = fc.integer({ min: 1, max: 255 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...layers), fc.nat(), byte, fc.boolean(), async (layer, place, flip, cut) => {
      const at = place % layer.blob.length;
      const blob = cut ? layer.blob.subarray(0, at) : Buffer.from(layer.blob);
      if (!cut) blob[at] = (blob[at] ?? 0) ^ flip;
      try {
        const answer = await verifyLegacy(readLegacyLayer({ ...layer, blob }), { kind: 'image', digest }, policy);
        // Of an envelope in JSON only its values are signed.
        if (answer.outcome === 'verified') expect(statementIn(blob)).toEqual(statementIn(layer.blob));
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});

function statementIn(blob: Buffer): unknown {
  const { payload, payloadType, signatures } = JSON.parse(blob.toString());
  return { payload: Buffer.from(payload, 'base64'), payloadType, signature: Buffer.from(signatures[0].sig, 'base64') };
}

test('a certificate of which any byte was changed is never accepted', async () => {
  const { bundle } = signBundle(stack, { artifact, content: 'message' });
  const { certificate } = bundle.material.kind === 'certificate' ? bundle.material : expect.fail();
  const byte = fc.integer({ min: 1, max: 255 });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: certificate.length - 1 }), byte, fc.boolean(), async (at, flip, cut) => {
      const changed = cut ? certificate.subarray(0, at) : Buffer.from(certificate);
      if (!cut) changed[at] = (changed[at] ?? 0) ^ flip;
      const material = { kind: 'certificate', certificate: changed } as const;
      // The log knows the certificate; without it, only the chain and the signature do.
      for (const logThreshold of [1, 0]) {
        const answer = await verifyBundle({ ...bundle, material }, artifactOf(artifact), { ...policy, logThreshold });
        expect(answer.outcome).toBe('not-verified');
      }
    }),
    { numRuns: 300 },
  );
});

test('values exchanged between bundles are never accepted', async () => {
  const documents = samples.map((sample) => JSON.parse(sample));
  const paths = ['verificationMaterial', 'dsseEnvelope', 'messageSignature', 'mediaType'];
  for (const [index, mine] of documents.entries()) {
    for (const other of documents.slice(index + 1)) {
      for (const path of paths.filter((name) => name in mine && name in other && name !== 'mediaType')) {
        const mixed = { ...mine, [path]: other[path] };
        const answer = await verifyBundle(parseBundle(JSON.stringify(mixed)), artifactOf(artifact), policy);
        expect(answer.outcome).toBe('not-verified');
      }
    }
  }
});

test('a timestamp of which any byte was changed is refused with a code', () => {
  const signature = Buffer.from('signature');
  const token = stack.timestamps.stamp(signature, testTime);
  expect(verifyTimestamp(token, signature, trust.timestampAuthorities).at).toEqual(testTime);
  // The names of algorithms without parameters, and what nobody signs, may be written in other ways.
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, flip, cut) => {
      const changed = cut ? token.subarray(0, at) : Buffer.from(token);
      if (!cut) changed[at] = (changed[at] ?? 0) ^ flip;
      try {
        expect(verifyTimestamp(changed, signature, trust.timestampAuthorities).at).toEqual(testTime);
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});

test('any bytes are a timestamp or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => parseTimestamp(bytes)).toThrowCode('VERIFY_TIMESTAMP_INVALID');
    }),
  );
});

test('any text is a checkpoint or not, and no path leads out of its tree', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof parseCheckpoint(text) === 'string'));
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), fc.array(hash, { maxLength: 64 }), (index, size, hashes) => {
      const root = rootOf(leafHash(Buffer.from('x')), { index, size, hashes });
      return root === undefined || (index < size && root.length === 32);
    }),
  );
});
