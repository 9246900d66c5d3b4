import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drop, editList, editText, flip, type JsonEdit, put, valueAt } from '../../testkit/json-edit.ts';
import { makeAuthority } from '../../testkit/sigstore/authority.ts';
import { extension } from '../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { promiseText } from '../../testkit/sigstore/log.ts';
import { makeStack, type SignRequest, signBundle, statementAbout, testTime } from '../../testkit/sigstore/stack.ts';
import { makeTimestampAuthority } from '../../testkit/sigstore/timestamp-authority.ts';
import type { TrustedRootParts } from '../../testkit/sigstore/trusted-root.ts';
import { formatBundle, parseBundle } from '../envelope/index.ts';
import { parsePublicKey, parseTrustedRoot } from '../trust/index.ts';
import type { VerifyAnswer } from './answer.ts';
import { artifactOf } from './artifact.ts';
import type { VerifyPolicy } from './policy.ts';
import { verifyBundle } from './verify-bundle.ts';

const stack = makeStack();
const artifact = Buffer.from('the artifact');
const identity = { name: { exact: 'user@example.com' }, issuer: { exact: 'https://issuer.example.com' } };
const keyless: VerifyPolicy = {
  signer: { kind: 'identity', identities: [identity] },
  trust: parseTrustedRoot(stack.trustedRoot()),
  now: testTime,
};

/** The answer for a bundle whose JSON was changed. */
async function answer(request: Partial<SignRequest>, edit: JsonEdit = () => {}, policy: Partial<VerifyPolicy> = {}) {
  const { bundle } = signBundle(stack, { artifact, content: 'message', ...request });
  const document = JSON.parse(formatBundle(bundle));
  edit(document);
  return verifyBundle(parseBundle(JSON.stringify(document)), artifactOf(artifact), { ...keyless, ...policy });
}

function codesOf(found: VerifyAnswer): string[] {
  return found.outcome === 'verified' ? ['verified'] : found.reasons.map(({ code }) => code);
}

const entry = 'verificationMaterial.tlogEntries.0';
const token = 'verificationMaterial.timestampVerificationData.rfc3161Timestamps.0';

/** Changes the body of the entry and makes the log promise the changed one, as a log that was fooled would have. */
function promised(edit: JsonEdit): JsonEdit {
  return (document) => {
    const body: unknown = JSON.parse(
      Buffer.from(String(valueAt(document, `${entry}.canonicalizedBody`)), 'base64').toString(),
    );
    edit(body);
    const bytes = Buffer.from(JSON.stringify(body));
    const [time, index] = ['integratedTime', 'logIndex'].map((name) => Number(valueAt(document, `${entry}.${name}`)));
    const text = promiseText(bytes, time ?? 0, stack.log.id, index ?? 0);
    put(`${entry}.canonicalizedBody`, bytes.toString('base64'))(document);
    put(`${entry}.inclusionPromise.signedEntryTimestamp`, stack.log.key.sign(text).toString('base64'))(document);
    put('mediaType', 'application/vnd.dev.sigstore.bundle+json;version=0.1')(document);
    drop(`${entry}.inclusionProof`)(document);
  };
}

const message: Partial<SignRequest> = { content: 'message', log: 'v1', timestamped: true };
const message2: Partial<SignRequest> = { content: 'message', log: 'v2' };
const statement: Partial<SignRequest> = { content: 'statement', log: 'v1' };

/** One row for each part of the evidence that somebody could change, and the check that sees it. */
test.each<[what: string, request: Partial<SignRequest>, edit: JsonEdit, code: string]>([
  ['signature', message, flip('messageSignature.signature'), 'VERIFY_ENTRY_SIGNATURE'],
  ['digest', message, flip('messageSignature.messageDigest.digest'), 'VERIFY_ENTRY_DIGEST'],
  ['digest algorithm', message, put('messageSignature.messageDigest.algorithm', 'SHA2_512'), 'VERIFY_ENTRY_DIGEST'],
  ['no digest', message, drop('messageSignature.messageDigest'), 'VERIFY_DIGEST_MISSING'],
  ['certificate', message, flip('verificationMaterial.certificate.rawBytes'), 'VERIFY_ENTRY_KEY'],
  [
    'certificate that is none',
    message,
    put('verificationMaterial.certificate.rawBytes', 'AAAA'),
    'VERIFY_CERTIFICATE_INVALID',
  ],
  ['payload', statement, flip('dsseEnvelope.payload'), 'VERIFY_ENTRY_DIGEST'],
  ['payload type', statement, put('dsseEnvelope.payloadType', 'application/json'), 'VERIFY_SIGNATURE_INVALID'],
  ['envelope signature', statement, flip('dsseEnvelope.signatures.0.sig'), 'VERIFY_ENTRY_SIGNATURE'],
  ['two signatures', statement, editList('dsseEnvelope.signatures', ([one]) => [one, one]), 'VERIFY_SIGNATURE_COUNT'],
  ['no signature', statement, put('dsseEnvelope.signatures', []), 'VERIFY_SIGNATURE_COUNT'],
  ['entry twice', message, editList('verificationMaterial.tlogEntries', ([one]) => [one, one]), 'VERIFY_LOG_DUPLICATE'],
  ['no entry', message, drop('verificationMaterial.tlogEntries'), 'VERIFY_LOG_THRESHOLD'],
  ['integrated time', message, put(`${entry}.integratedTime`, '1'), 'VERIFY_LOG_THRESHOLD'],
  ['log index', message, put(`${entry}.logIndex`, '1'), 'VERIFY_LOG_THRESHOLD'],
  ['log id', message, flip(`${entry}.logId.keyId`), 'VERIFY_LOG_THRESHOLD'],
  ['promise', message, flip(`${entry}.inclusionPromise.signedEntryTimestamp`), 'VERIFY_LOG_THRESHOLD'],
  ['kind', message, put(`${entry}.kindVersion.kind`, 'dsse'), 'VERIFY_ENTRY_KIND'],
  ['unknown kind', message, put(`${entry}.kindVersion.kind`, 'toString'), 'VERIFY_ENTRY_KIND'],
  ['proof index', message, put(`${entry}.inclusionProof.logIndex`, '0'), 'VERIFY_INCLUSION_PROOF'],
  ['proof index past the tree', message, put(`${entry}.inclusionProof.logIndex`, '9999'), 'VERIFY_INCLUSION_PROOF'],
  ['tree size', message, put(`${entry}.inclusionProof.treeSize`, '99'), 'VERIFY_CHECKPOINT_ROOT'],
  ['root hash', message, flip(`${entry}.inclusionProof.rootHash`), 'VERIFY_CHECKPOINT_ROOT'],
  ['proof hashes', message, flip(`${entry}.inclusionProof.hashes.0`), 'VERIFY_INCLUSION_PROOF'],
  [
    'proof cut off',
    message,
    editList(`${entry}.inclusionProof.hashes`, (old) => old.slice(1)),
    'VERIFY_INCLUSION_PROOF',
  ],
  [
    'proof longer',
    message,
    editList(`${entry}.inclusionProof.hashes`, ([one, ...rest]) => [one, one, ...rest]),
    'VERIFY_INCLUSION_PROOF',
  ],
  [
    'checkpoint text',
    message,
    editText(`${entry}.inclusionProof.checkpoint.envelope`, (old) => old.replace(/\n\d+\n/, '\n77\n')),
    'VERIFY_CHECKPOINT_SIGNATURE',
  ],
  [
    'checkpoint of another name',
    message,
    editText(`${entry}.inclusionProof.checkpoint.envelope`, (old) => old.replaceAll('rekor.', 'other.')),
    'VERIFY_CHECKPOINT_SIGNATURE',
  ],
  [
    'checkpoint without signatures',
    message,
    put(`${entry}.inclusionProof.checkpoint.envelope`, 'a\n1\n'),
    'VERIFY_CHECKPOINT_INVALID',
  ],
  [
    'checkpoint with a broken line',
    message,
    editText(`${entry}.inclusionProof.checkpoint.envelope`, (old) => `${old}x\n`),
    'VERIFY_CHECKPOINT_INVALID',
  ],
  [
    'origin of Rekor 2',
    message2,
    editText(`${entry}.inclusionProof.checkpoint.envelope`, (old) => `other.${old}`),
    'VERIFY_CHECKPOINT_ORIGIN',
  ],
  [
    'checkpoint signature of Rekor 2',
    message2,
    editText(`${entry}.inclusionProof.checkpoint.envelope`, (old) => old.replace(/\n\d+\n/, '\n77\n')),
    'VERIFY_CHECKPOINT_SIGNATURE',
  ],
  ['index of Rekor 2', message2, put(`${entry}.logIndex`, '0'), 'VERIFY_INCLUSION_PROOF'],
  [
    'body of Rekor 2',
    message2,
    put(`${entry}.canonicalizedBody`, Buffer.from('{}').toString('base64')),
    'VERIFY_INCLUSION_PROOF',
  ],
  [
    'neither promise nor proof',
    message2,
    editList('verificationMaterial.tlogEntries', ([one]) => [
      { ...(one as object), inclusionProof: null },
      { ...(one as object), logIndex: '55' },
    ]),
    'VERIFY_LOG_UNPROVEN',
  ],
  ['promised body that is no JSON object', message, promised(put('spec', null)), 'VERIFY_ENTRY_BODY'],
  ['promised body of another kind', message, promised(put('kind', 'rpm')), 'VERIFY_ENTRY_KIND'],
  ['promised signature of someone else', message, promised(flip('spec.signature.content')), 'VERIFY_ENTRY_SIGNATURE'],
  [
    'promised key of someone else',
    message,
    promised(put('spec.signature.publicKey.content', Buffer.from(makeKey().pem).toString('base64'))),
    'VERIFY_ENTRY_KEY',
  ],
  [
    'promised digest of something else',
    message,
    promised(put('spec.data.hash.value', '00'.repeat(32))),
    'VERIFY_ENTRY_DIGEST',
  ],
  [
    'promised payload of something else',
    statement,
    promised(put('spec.payloadHash.value', '00'.repeat(32))),
    'VERIFY_ENTRY_DIGEST',
  ],
  ['timestamp that is none', message2, put(`${token}.signedTimestamp`, 'AAAA'), 'VERIFY_TIME_MISSING'],
  ['no timestamp', message2, drop('verificationMaterial.timestampVerificationData'), 'VERIFY_TIME_MISSING'],
])('tampering with %s is seen', async (_, request, edit, code) => {
  expect(codesOf(await answer(request, edit))[0]).toBe(code);
});

test.each<[string, JsonEdit, string]>([
  ['an unknown log', put(`${entry}.logId.keyId`, 'AAAA'), 'VERIFY_LOG_UNKNOWN'],
  ['a promise that does not hold', put(`${entry}.logIndex`, '1'), 'VERIFY_PROMISE_SIGNATURE'],
  ['a promise before the log was trusted', put(`${entry}.integratedTime`, '1'), 'VERIFY_LOG_WINDOW'],
])('an entry of %s is left out, and the answer tells it', async (_, edit, code) => {
  expect(codesOf(await answer(message, edit))).toEqual(['VERIFY_LOG_THRESHOLD', code]);
});

const stamp = (bytes: Buffer): JsonEdit => put(`${token}.signedTimestamp`, bytes.toString('base64'));
const stampOfOther: JsonEdit = (document) => {
  const signature = Buffer.from(String(valueAt(document, 'messageSignature.signature')), 'base64');
  stamp(makeTimestampAuthority(testTime).stamp(signature, testTime))(document);
};

test.each<[string, JsonEdit, string]>([
  ['that is none', stamp(Buffer.from('AA', 'hex')), 'VERIFY_TIMESTAMP_INVALID'],
  ['that was refused', stamp(Buffer.from('30053003020102', 'hex')), 'VERIFY_TIMESTAMP_INVALID'],
  ['of another signature', stamp(stack.timestamps.stamp(Buffer.from('other'), testTime)), 'VERIFY_TIMESTAMP_IMPRINT'],
  ['of another authority', stampOfOther, 'VERIFY_TIMESTAMP_UNTRUSTED'],
  ['whose signature was changed', flip(`${token}.signedTimestamp`), 'VERIFY_TIMESTAMP_SIGNATURE'],
  ['that is missing', drop('verificationMaterial.timestampVerificationData'), 'VERIFY_TIMESTAMP_THRESHOLD'],
])('with a timestamp asked for, one %s is seen', async (_, edit, code) => {
  const found = await answer(message, edit, { timestampThreshold: 1 });
  expect(codesOf(found)[0]).toBe(code);
});

/** Whom to trust, with a part changed, and what the verifier says of a good bundle. */
test.each<[string, TrustedRootParts, Partial<SignRequest>, string]>([
  [
    'a certificate authority that is not known',
    { authorities: [{ chain: [makeAuthority(testTime).root] }] },
    message,
    'VERIFY_CERTIFICATE_CHAIN',
  ],
  [
    'a certificate authority that is trusted no more',
    {
      authorities: [
        { chain: [stack.authority.intermediate, stack.authority.root], validFor: { end: '2026-05-01T00:00:00Z' } },
      ],
    },
    message,
    'VERIFY_CERTIFICATE_CHAIN',
  ],
  [
    'a certificate authority that is not trusted yet',
    {
      authorities: [
        { chain: [stack.authority.intermediate, stack.authority.root], validFor: { start: '2026-07-01T00:00:00Z' } },
      ],
    },
    message,
    'VERIFY_CERTIFICATE_CHAIN',
  ],
  ['no certificate log', { certificateLogs: [] }, message, 'VERIFY_CERTIFICATE_LOG'],
  [
    'a certificate log that is trusted no more',
    {
      certificateLogs: [
        { ...stack.certificateLog, validFor: { start: '2020-01-01T00:00:00Z', end: '2026-05-01T00:00:00Z' } },
      ],
    },
    message,
    'VERIFY_CERTIFICATE_LOG',
  ],
  [
    'a certificate log of another key',
    { certificateLogs: [{ key: makeKey(), id: stack.certificateLog.id }] },
    message,
    'VERIFY_CERTIFICATE_LOG',
  ],
  ['no log', { logs: [] }, message, 'VERIFY_LOG_THRESHOLD'],
  [
    'a log that is not trusted yet',
    { logs: [{ ...stack.log, validFor: { start: '2026-07-01T00:00:00Z' } }] },
    message,
    'VERIFY_LOG_THRESHOLD',
  ],
  [
    'a log of another address',
    { logs: [{ ...stack.log2, url: 'https://other.example.com' }] },
    message2,
    'VERIFY_CHECKPOINT_ORIGIN',
  ],
  [
    'a timestamp authority that is trusted no more',
    {
      timestampAuthorities: [
        { chain: [stack.timestamps.leaf, stack.timestamps.root], validFor: { end: '2026-05-01T00:00:00Z' } },
      ],
    },
    message2,
    'VERIFY_TIME_MISSING',
  ],
])('%s is seen', async (_, parts, request, code) => {
  const trust = parseTrustedRoot(stack.trustedRoot(parts));
  expect(codesOf(await answer(request, undefined, { trust }))[0]).toBe(code);
});

test.each<[string, Partial<SignRequest>, Partial<VerifyPolicy>, string]>([
  ['a certificate in no log', { identity: { certificateLog: undefined } }, {}, 'VERIFY_CERTIFICATE_LOG'],
  ['a certificate for something else', { identity: { usage: 'serverAuth' } }, {}, 'VERIFY_CERTIFICATE_CHAIN'],
  ['a certificate that ended before', { identity: { lifetime: 1000 } }, {}, 'VERIFY_ENTRY_TIME'],
  [
    'a certificate that ended before the timestamp',
    { log: 'v2', identity: { lifetime: 1000 } },
    {},
    'VERIFY_CERTIFICATE_CHAIN',
  ],
  [
    'a critical extension',
    { identity: { extensions: [extension('1.2.3', Buffer.from('0500', 'hex'), true)] } },
    {},
    'VERIFY_CERTIFICATE_CHAIN',
  ],
  ['another name', { identity: { names: [{ kind: 'email', value: 'other@example.com' }] } }, {}, 'VERIFY_IDENTITY'],
  ['no name', { identity: { names: [] } }, {}, 'VERIFY_IDENTITY'],
  ['another issuer', { identity: { issuer: 'https://other.example.com' } }, {}, 'VERIFY_IDENTITY_ISSUER'],
  [
    'another claim',
    { identity: { claims: { 5: 'org/other' } } },
    { signer: { kind: 'identity', identities: [{ ...identity, claims: { githubWorkflowRepository: 'org/app' } }] } },
    'VERIFY_IDENTITY_CLAIM',
  ],
  ['nobody who is accepted', {}, { signer: { kind: 'identity', identities: [] } }, 'VERIFY_IDENTITY'],
  [
    'a pattern that is none',
    {},
    { signer: { kind: 'identity', identities: [{ name: { pattern: '(?=x)' } }] } },
    'VERIFY_PATTERN_INVALID',
  ],
  ['a key where a certificate is wanted', { key: makeKey() }, {}, 'VERIFY_CERTIFICATE_EXPECTED'],
  [
    'a certificate where a key is wanted',
    {},
    { signer: { kind: 'key', key: parsePublicKey(makeKey().pem) } },
    'VERIFY_KEY_EXPECTED',
  ],
  [
    'another key',
    { key: makeKey() },
    { signer: { kind: 'key', key: parsePublicKey(makeKey().pem) } },
    'VERIFY_ENTRY_KEY',
  ],
  [
    'another key without a log',
    { key: makeKey() },
    { logThreshold: 0, signer: { kind: 'key', key: parsePublicKey(makeKey().pem) } },
    'VERIFY_SIGNATURE_INVALID',
  ],
  [
    'a statement about something else',
    { ...statement, statement: statementAbout(Buffer.from('other')) },
    {},
    'VERIFY_SUBJECT',
  ],
  ['a statement without the annotation', statement, { annotations: { env: 'prod' } }, 'VERIFY_ANNOTATION'],
  [
    'a statement of another type',
    statement,
    { statement: { predicateType: 'https://example.com/other' } },
    'VERIFY_PREDICATE_TYPE',
  ],
  [
    'a statement without a type',
    { ...statement, statement: statementAbout(artifact, { _type: undefined }) },
    {},
    'ENVELOPE_STATEMENT_INVALID',
  ],
  [
    'a statement of an unknown type',
    { ...statement, statement: statementAbout(artifact, { _type: 'https://example.com' }) },
    {},
    'ENVELOPE_STATEMENT_INVALID',
  ],
  ['a message where a statement is wanted', message, { statement: {} }, 'VERIFY_STATEMENT_EXPECTED'],
  ['one log where two are wanted', {}, { logThreshold: 2 }, 'VERIFY_LOG_THRESHOLD'],
])('%s is not accepted', async (_, request, policy, code) => {
  expect(codesOf(await answer(request, undefined, policy))[0]).toBe(code);
});

test('another artifact is seen', async () => {
  for (const request of [message, statement]) {
    const { bundle } = signBundle(stack, { artifact, content: 'message', ...request });
    const found = await verifyBundle(bundle, artifactOf(Buffer.from('another')), keyless);
    expect(codesOf(found)).toEqual([request === message ? 'VERIFY_ARTIFACT_DIGEST' : 'VERIFY_SUBJECT']);
  }
});

test('what needs a trusted root is not accepted without one', async () => {
  const { trust: _, ...untrusting } = keyless;
  const key = makeKey();
  const signer = { kind: 'key' as const, key: parsePublicKey(key.pem) };
  const cases: [Partial<SignRequest>, Partial<VerifyPolicy>][] = [
    [{}, {}],
    [{ key }, { signer }],
    [{ key }, { signer, logThreshold: 0, timestampThreshold: 1 }],
  ];
  for (const [request, policy] of cases) {
    const { bundle } = signBundle(stack, { artifact, content: 'message', ...request });
    const found = await verifyBundle(bundle, artifactOf(artifact), { ...untrusting, ...policy });
    expect(codesOf(found)[0]).toBe('VERIFY_TRUST_MISSING');
  }
});

test('CVE-2022-36056: the log entry of another artifact cannot be put into a bundle', async () => {
  const other = signBundle(stack, { artifact: Buffer.from('other'), content: 'message' }).bundle;
  const found = await answer(message, put(entry, valueAt(JSON.parse(formatBundle(other)), entry)));
  expect(codesOf(found)[0]).toBe('VERIFY_ENTRY_SIGNATURE');
});

test('the digest of the artifact is what counts, not the one that a bundle notes', async () => {
  const other = Buffer.from('another');
  const noted = put('messageSignature.messageDigest.digest', createHash('sha256').update(other).digest('base64'));
  const found = await answer({ log: 'none', content: 'message' }, noted, { logThreshold: 0 });
  expect(codesOf(found)[0]).toBe('VERIFY_ARTIFACT_DIGEST');
});
