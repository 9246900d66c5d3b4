import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashedRekordV1 } from '../../testkit/sigstore/entries.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import {
  type LegacyRequest,
  rekorBundle,
  signLegacy,
  simpleSigning,
  type TestLegacyLayer,
} from '../../testkit/sigstore/legacy.ts';
import { makeStack, signerOf, testTime } from '../../testkit/sigstore/stack.ts';
import { parseDetached, parseLegacyBundle, readLegacyLayer } from '../envelope/index.ts';
import { parsePublicKey, parseTrustedRoot } from '../trust/index.ts';
import type { VerifyAnswer } from './answer.ts';
import { artifactOf } from './artifact.ts';
import { readEntryBody } from './log/body.ts';
import type { VerifyPolicy } from './policy.ts';
import { countSigners, failedPlatform } from './signers.ts';
import { verifyLegacy } from './verify-legacy.ts';

const stack = makeStack();
const key = makeKey();
const digest = `sha256:${'ab'.repeat(32)}`;
const trust = parseTrustedRoot(stack.trustedRoot());
const keyed: VerifyPolicy = { signer: { kind: 'key', key: parsePublicKey(key.pem) }, trust, now: testTime };
const keyless: VerifyPolicy = {
  signer: { kind: 'identity', identities: [{ name: { exact: 'user@example.com' } }] },
  trust,
  now: testTime,
};

function codesOf(found: VerifyAnswer): string[] {
  return found.outcome === 'verified' ? ['verified'] : found.reasons.map(({ code }) => code);
}

async function verify(layer: TestLegacyLayer, policy: VerifyPolicy): Promise<VerifyAnswer> {
  return verifyLegacy(readLegacyLayer(layer), { kind: 'image', digest }, policy);
}

test.each<[Partial<LegacyRequest>, VerifyPolicy]>([
  [{ kind: 'signature', key }, keyed],
  [{ kind: 'signature' }, keyless],
  [
    { kind: 'signature', timestamped: true },
    { ...keyless, timestampThreshold: 1 },
  ],
  [
    { kind: 'signature', timestamped: true, log: 'none' },
    { ...keyless, timestampThreshold: 1, logThreshold: 0 },
  ],
  [
    { kind: 'signature', key, log: 'none' },
    { ...keyed, logThreshold: 0 },
  ],
  [
    { kind: 'signature', key, annotations: { env: 'prod' } },
    { ...keyed, annotations: { env: 'prod' } },
  ],
  [
    { kind: 'signature', key },
    { ...keyed, name: 'registry.example.com/app' },
  ],
  [{ kind: 'attestation', key }, keyed],
  [{ kind: 'attestation' }, keyless],
  [{ kind: 'attestation', log: 'intoto' }, keyless],
  [
    { kind: 'attestation', timestamped: true },
    { ...keyless, timestampThreshold: 1 },
  ],
  [{ kind: 'attestation' }, { ...keyless, statement: { predicateType: 'https://example.com/predicate' } }],
])('%j is verified', async (request, policy) => {
  const answer = await verify(signLegacy(stack, { digest, kind: 'signature', ...request }), policy);
  expect(codesOf(answer)).toEqual(['verified']);
  expect(answer).toMatchObject({
    layout: 'legacy',
    signer: { kind: policy.signer.kind === 'key' ? 'key' : 'certificate' },
  });
});

const annotation = (name: string, value: string) => (layer: TestLegacyLayer) => ({
  ...layer,
  annotations: { ...layer.annotations, [`dev.${name}`]: value },
});

test.each<[string, Partial<LegacyRequest>, VerifyPolicy, string]>([
  ['another key', { key: makeKey() }, keyed, 'VERIFY_ENTRY_KEY'],
  [
    'another key without a log',
    { key: makeKey(), log: 'none' },
    { ...keyed, logThreshold: 0 },
    'VERIFY_SIGNATURE_INVALID',
  ],
  ['no log', { key, log: 'none' }, keyed, 'VERIFY_LOG_THRESHOLD'],
  ['no certificate', { key }, keyless, 'VERIFY_CERTIFICATE_EXPECTED'],
  [
    'another name',
    {},
    { ...keyless, signer: { kind: 'identity', identities: [{ name: { exact: 'x' } }] } },
    'VERIFY_IDENTITY',
  ],
  ['another image', { key, payload: simpleSigning(`sha256:${'00'.repeat(32)}`) }, keyed, 'VERIFY_PAYLOAD_DIGEST'],
  ['a payload of another kind', { key, payload: Buffer.from('{}') }, keyed, 'VERIFY_PAYLOAD_INVALID'],
  [
    'another annotation',
    { key, annotations: { env: 'dev' } },
    { ...keyed, annotations: { env: 'prod' } },
    'VERIFY_ANNOTATION',
  ],
  ['another name asked for', { key }, { ...keyed, name: 'registry.example.com/other' }, 'VERIFY_PAYLOAD_NAME'],
  [
    'a payload of another type where names count',
    { key, payload: Buffer.from(simpleSigning(digest).toString().replace('cosign container', 'atomic container')) },
    { ...keyed, name: 'registry.example.com/app' },
    'VERIFY_PAYLOAD_TYPE',
  ],
  ['no timestamp', {}, { ...keyless, timestampThreshold: 1 }, 'VERIFY_TIMESTAMP_THRESHOLD'],
  ['a signature where a statement is wanted', { key }, { ...keyed, statement: {} }, 'VERIFY_STATEMENT_EXPECTED'],
  [
    'a statement that is none',
    { key, kind: 'attestation', payload: Buffer.from('{}') },
    keyed,
    'ENVELOPE_STATEMENT_INVALID',
  ],
])('%s is not accepted', async (_, request, policy, code) => {
  expect(codesOf(await verify(signLegacy(stack, { digest, kind: 'signature', ...request }), policy))[0]).toBe(code);
});

test('GHSA-vjxv-45g9-9296: a statement of one type does not stand for another', async () => {
  const policy = { ...keyed, statement: { predicateType: 'https://spdx.dev/Document' } };
  const answer = await verify(signLegacy(stack, { digest, kind: 'attestation', key }), policy);
  expect(codesOf(answer)).toEqual(['VERIFY_PREDICATE_TYPE']);
});

test.each([
  ['cosignproject.cosign/signature', Buffer.from('other').toString('base64'), 'VERIFY_ENTRY_SIGNATURE'],
  ['sigstore.cosign/certificate', '', 'VERIFY_CERTIFICATE_CHAIN'],
])('an annotation %s that was changed is seen', async (name, value, code) => {
  const layer = annotation(name, value)(signLegacy(stack, { digest, kind: 'signature' }));
  expect(['VERIFY_ENTRY_KEY', code]).toContain(codesOf(await verify(layer, keyless))[0]);
});

test('the timestamp is of the signature of the envelope', async () => {
  const other = signLegacy(stack, { digest, kind: 'attestation', timestamped: true });
  const stamp = other.annotations['dev.sigstore.cosign/rfc3161timestamp'] ?? '';
  const layer = annotation(
    'sigstore.cosign/rfc3161timestamp',
    stamp,
  )(signLegacy(stack, { digest, kind: 'attestation' }));
  expect(codesOf(await verify(layer, { ...keyless, timestampThreshold: 1 }))).toEqual(['VERIFY_TIMESTAMP_IMPRINT']);
});

/** A file's bundle as cosign wrote it before version 3, whose log entry is for `logged`. */
function blobBundle(artifact: Buffer, logged: { readonly bytes: Buffer; readonly signedBy: typeof key }): Buffer {
  const body = hashedRekordV1(
    createHash('sha256').update(logged.bytes).digest(),
    logged.signedBy.sign(logged.bytes),
    signerOf(logged.signedBy),
  );
  const entry = stack.log.append(body, testTime);
  return Buffer.from(
    JSON.stringify({ base64Signature: key.sign(artifact).toString('base64'), rekorBundle: rekorBundle(entry) }),
  );
}

test('GHSA-whqx-f9j3-ch6m: in an old bundle the log entry must be for this signature and this key', async () => {
  const artifact = Buffer.from('artifact');
  const answer = async (logged: Parameters<typeof blobBundle>[1]): Promise<string | undefined> => {
    const evidence = parseLegacyBundle(blobBundle(artifact, logged), artifact);
    return codesOf(await verifyLegacy(evidence, { kind: 'blob', artifact: artifactOf(artifact) }, keyed))[0];
  };
  const signed = key.sign(artifact);
  const replayed = { ...key, sign: () => signed };
  const other = { ...makeKey(), sign: () => signed };
  const body = (signedBy: typeof key) => ({ bytes: artifact, signedBy });
  expect(await answer(body(key))).toBe('VERIFY_ENTRY_SIGNATURE');
  const exact = (signedBy: typeof key, bytes: Buffer = artifact) => {
    const entry = stack.log.append(
      hashedRekordV1(createHash('sha256').update(bytes).digest(), signed, signerOf(signedBy)),
      testTime,
    );
    const json = { base64Signature: signed.toString('base64'), rekorBundle: rekorBundle(entry) };
    const subject = { kind: 'blob', artifact: artifactOf(artifact) } as const;
    return verifyLegacy(parseLegacyBundle(Buffer.from(JSON.stringify(json)), artifact), subject, keyed);
  };
  expect(codesOf(await exact(replayed))).toEqual(['verified']);
  expect(codesOf(await exact(other))).toEqual(['VERIFY_ENTRY_KEY']);
  expect(codesOf(await exact(replayed, Buffer.from('other')))).toEqual(['VERIFY_ENTRY_DIGEST']);
});

/** A file's evidence as cosign kept it before version 3, where `content` is in the place of the signature. */
async function verifyFile(content: Buffer, about: Buffer, policy: Partial<VerifyPolicy>): Promise<string[]> {
  const bundle = Buffer.from(JSON.stringify({ base64Signature: content.toString('base64') }));
  const evidence = parseDetached({ bundle }, policy.statement === undefined ? about : undefined);
  const subject = { kind: 'blob', artifact: artifactOf(about) } as const;
  return codesOf(await verifyLegacy(evidence, subject, { ...keyed, logThreshold: 0, ...policy }));
}

test('of a statement about a file, its subject and its type count', async () => {
  const artifact = Buffer.from('artifact');
  const about = `sha256:${createHash('sha256').update(artifact).digest('hex')}`;
  const { blob } = signLegacy(stack, { digest: about, kind: 'attestation', key });
  const type = 'https://example.com/predicate';
  expect(await verifyFile(blob, artifact, { statement: { predicateType: type } })).toEqual(['verified']);
  expect(await verifyFile(blob, Buffer.from('other'), { statement: {} })).toEqual(['VERIFY_SUBJECT']);
  const other = { statement: { predicateType: 'https://example.com/other' } };
  expect(await verifyFile(blob, artifact, other)).toEqual(['VERIFY_PREDICATE_TYPE']);
  expect(await verifyFile(blob, artifact, {})).toEqual(['VERIFY_SIGNATURE_INVALID']);
});

test('GHSA-w6c6-c85g-mmv6: what is no statement is none, in whichever layout', async () => {
  const artifact = Buffer.from('artifact');
  const signature = key.sign(artifact);
  await expect(verifyFile(signature, artifact, { statement: {} })).rejects.toThrowCode('KIT_JSON_INVALID');
  const evidence = parseDetached({ signature }, artifact);
  const subject = { kind: 'blob', artifact: artifactOf(artifact) } as const;
  const policy = { ...keyed, logThreshold: 0 };
  expect(codesOf(await verifyLegacy(evidence, subject, policy))).toEqual(['verified']);
  expect(codesOf(await verifyLegacy(evidence, subject, { ...policy, statement: {} }))).toEqual([
    'VERIFY_STATEMENT_EXPECTED',
  ]);
  for (const payload of ['{}', '[]', 'null', '{"_type":"https://in-toto.io/Statement/v1"}']) {
    const { blob } = signLegacy(stack, { digest, kind: 'attestation', key, payload: Buffer.from(payload) });
    const [code] = await verifyFile(blob, artifact, { statement: {} });
    expect(['ENVELOPE_STATEMENT_INVALID', 'KIT_JSON_INVALID']).toContain(code);
  }
});

test('an image in an index that does not hold is told with its platform', () => {
  const told = failedPlatform({ digest, platform: '', reason: 'it has no signature' });
  expect(told).toMatchObject({ code: 'VERIFY_PLATFORM', data: { digest, platform: 'an unnamed platform' } });
});

test('signers are counted once, however often they signed', async () => {
  const sign = () => verify(signLegacy(stack, { digest, kind: 'signature', key }), keyed);
  const person = await verify(signLegacy(stack, { digest, kind: 'signature' }), keyless);
  const again = await verify(signLegacy(stack, { digest, kind: 'attestation' }), keyless);
  const failed = await verify(signLegacy(stack, { digest, kind: 'signature', key: makeKey() }), keyed);
  const mine = [await sign(), await sign()];
  expect(countSigners(mine).outcome).toBe('verified');
  expect(countSigners([...mine, person, again, failed], 2)).toMatchObject({ outcome: 'verified' });
  expect(countSigners([...mine, failed], 2)).toMatchObject({
    outcome: 'not-verified',
    reasons: [{ code: 'VERIFY_SIGNERS', data: { found: 1, wanted: 2 } }, { code: 'VERIFY_ENTRY_KEY' }],
  });
  expect(countSigners([], 0).outcome).toBe('not-verified');
});

test('an old entry of an attestation has no signature, and counts in the older layout only', async () => {
  const layer = signLegacy(stack, { digest, kind: 'attestation', key });
  const payload = Buffer.from(JSON.parse(layer.blob.toString()).payload, 'base64');
  const hash = { algorithm: 'sha256', value: createHash('sha256').update(payload).digest('hex') };
  const publicKey = Buffer.from(key.pem).toString('base64');
  const body = { apiVersion: '0.0.1', kind: 'intoto', spec: { content: { hash, payloadHash: hash }, publicKey } };
  const entry = stack.log.append(body, testTime);
  const old = annotation('sigstore.cosign/bundle', JSON.stringify(rekorBundle(entry)))(layer);
  expect(codesOf(await verify(old, keyed))).toEqual(['verified']);
  expect(() => readEntryBody(entry, 'bundle')).toThrowCode('VERIFY_ENTRY_KIND');
});
