import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { formatBundle } from '../../src/envelope/index.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { drop, editList, editText, flip, type JsonEdit, put, valueAt } from '../../testkit/json-edit.ts';
import { makeAuthority } from '../../testkit/sigstore/authority.ts';
import { makeCertificateLog } from '../../testkit/sigstore/certificate-log.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeLog } from '../../testkit/sigstore/log.ts';
import {
  makeStack,
  type SignRequest,
  signBundle,
  statementAbout,
  type TestStack,
  testTime,
} from '../../testkit/sigstore/stack.ts';
import type { TrustedRootParts } from '../../testkit/sigstore/trusted-root.ts';

/**
 * The command line protocol of the conformance suite for Sigstore's clients, with cases of our own for each of its themes:
 * `verify-bundle --bundle FILE (--key FILE | identity) [--trusted-root FILE] FILE_OR_DIGEST` ends with 0 or not.
 */
const stack = makeStack();
const artifact = Buffer.from('what was signed');
const key = makeKey();
const entry = 'verificationMaterial.tlogEntries.0';
const checkpoint = `${entry}.inclusionProof.checkpoint.envelope`;

interface Case {
  readonly sign: Partial<SignRequest>;
  /** Another deployment than the usual one. */
  readonly stack?: TestStack;
  /** Flags beside those of the protocol. */
  readonly flags?: readonly string[];
  readonly edit?: JsonEdit;
  readonly root?: TrustedRootParts;
  readonly accepted?: true;
}

const message: Partial<SignRequest> = { content: 'message' };
const statement: Partial<SignRequest> = { content: 'statement' };
const until = (end: string) => ({ start: '2020-01-01T00:00:00Z', end });
const [before, after] = ['2026-05-01T00:00:00Z', '2026-07-01T00:00:00Z'];

const stamps = 'verificationMaterial.timestampVerificationData.rfc3161Timestamps';
const seconds = (count: number): Date => new Date(testTime.getTime() + count * 1000);

/** The entry, or the signature, of another artifact in the place of its own. */
const exchanged =
  (path: string, sign: Partial<SignRequest>): JsonEdit =>
  (document) => {
    const other = signBundle(stack, { artifact: Buffer.from('other'), content: 'message', ...sign }).bundle;
    put(path, valueAt(JSON.parse(formatBundle(other)), path))(document);
  };

const witnessed = makeLog({
  url: 'https://log2.example.com',
  version: 2,
  extraSignatures: ['a.example.com', 'b.example.com'].map((name) => `\u2014 ${name} ${'A'.repeat(100)}`),
});
const ofEcdsa = makeLog({ url: 'https://log2.example.com', version: 2, keyKind: 'ecdsa-p256' });
const withLog = (log2: typeof witnessed): TestStack => ({ ...stack, log2 });
const namesake = makeAuthority(testTime);
const tsaChain = [stack.timestamps.leaf, stack.timestamps.root];

const cases: Readonly<Record<string, Case>> = {
  'bundle format: 0.3': { sign: message, accepted: true },
  'bundle format: 0.2': { sign: { ...message, version: '0.2' }, accepted: true },
  'bundle format: 0.1': { sign: { ...message, version: '0.1' }, accepted: true },
  'bundle format: a version to come': {
    sign: message,
    edit: put('mediaType', 'application/vnd.dev.sigstore.bundle.v0.9+json'),
  },
  'bundle format: 0.2 without a proof': { sign: { ...message, version: '0.2' }, edit: drop(`${entry}.inclusionProof`) },
  'bundle format: no material': { sign: message, edit: drop('verificationMaterial') },
  'checkpoints: of another tree': {
    sign: message,
    edit: editText(checkpoint, (old) => old.replace(/\n\d+\n/, '\n9\n')),
  },
  'checkpoints: without a signature': {
    sign: message,
    edit: editText(checkpoint, (old) => old.replace(/\u2014.*\n/, '')),
  },
  'checkpoints: of another key': {
    sign: message,
    edit: editText(checkpoint, (old) => old.replace(/ \S+\n$/, ' AAAAAAAAAA==\n')),
  },
  'checkpoints: a signature of someone else beside that of Rekor 1': {
    sign: message,
    edit: editText(checkpoint, (old) => `${old}\u2014 other.example.com AAAAAAAAAA==\n`),
  },
  'DSSE: a statement': { sign: statement, accepted: true },
  'DSSE: another payload': { sign: statement, edit: flip('dsseEnvelope.payload') },
  'DSSE: another signature': { sign: statement, edit: flip('dsseEnvelope.signatures.0.sig') },
  'DSSE: no signature': { sign: statement, edit: put('dsseEnvelope.signatures', []) },
  'DSSE: a statement about something else': { sign: { ...statement, statement: statementAbout(Buffer.from('other')) } },
  'DSSE: a statement without a type': {
    sign: { ...statement, statement: statementAbout(artifact, { _type: undefined }) },
  },
  'intoto: an entry of version 0.0.2': { sign: { ...statement, log: 'v1-intoto' }, accepted: true },
  'intoto: an entry of another kind than it says': {
    sign: statement,
    edit: put(`${entry}.kindVersion.kind`, 'intoto'),
  },
  'intoto: a time after the certificate': { sign: { ...statement, identity: { lifetime: 1000 } } },
  'SET: changed': { sign: message, edit: flip(`${entry}.inclusionPromise.signedEntryTimestamp`) },
  'SET: missing where it is the time': { sign: message, edit: drop(`${entry}.inclusionPromise`) },
  'SET: another time': { sign: message, edit: put(`${entry}.integratedTime`, '1780000000') },
  'inclusion proof: another hash': { sign: message, edit: flip(`${entry}.inclusionProof.hashes.0`) },
  'inclusion proof: another root': { sign: message, edit: flip(`${entry}.inclusionProof.rootHash`) },
  'inclusion proof: another index': { sign: message, edit: put(`${entry}.inclusionProof.logIndex`, '1') },
  'managed key: with a log': { sign: { ...message, key }, accepted: true },
  'managed key: a statement': { sign: { ...statement, key }, accepted: true },
  'managed key: with Rekor 2': { sign: { ...message, key, log: 'v2', timestamped: false }, accepted: true },
  'managed key: another': { sign: { ...message, key: makeKey() } },
  'managed key: another signature': { sign: { ...message, key }, edit: flip('messageSignature.signature') },
  'Rekor 2: a message': { sign: { ...message, log: 'v2' }, accepted: true },
  'Rekor 2: a statement': { sign: { ...statement, log: 'v2' }, accepted: true },
  'Rekor 2: a statement as dsse': { sign: { ...statement, log: 'v2-dsse' }, accepted: true },
  'Rekor 2: without a timestamp': { sign: { ...message, log: 'v2', timestamped: false } },
  'Rekor 2: without a proof': { sign: { ...message, log: 'v2' }, edit: drop(`${entry}.inclusionProof`) },
  'Rekor 2: another origin': { sign: { ...message, log: 'v2' }, edit: editText(checkpoint, (old) => `x${old}`) },
  'Rekor 2: a witness beside the log': {
    sign: { ...message, log: 'v2' },
    edit: editText(checkpoint, (old) => `${old}\u2014 witness.example.com AAAAAAAAAA==\n`),
    accepted: true,
  },
  'Rekor 2: another index': { sign: { ...message, log: 'v2' }, edit: put(`${entry}.logIndex`, '1') },
  'TSA: with Rekor 1': { sign: { ...message, timestamped: true }, accepted: true },
  'TSA: not trusted': { sign: { ...message, timestamped: true }, root: { timestampAuthorities: [] } },
  'TSA: not trusted then': {
    sign: { ...message, timestamped: true },
    root: {
      timestampAuthorities: [{ chain: [stack.timestamps.leaf, stack.timestamps.root], validFor: until(before) }],
    },
  },
  'TSA: named by its root alone': {
    sign: { ...message, log: 'v2' },
    root: { timestampAuthorities: [{ chain: [stack.timestamps.root] }] },
    accepted: true,
  },
  'bundle format: no signature': { sign: message, edit: put('messageSignature.signature', '') },
  'bundle format: a chain in 0.3': {
    sign: message,
    edit: (document) => {
      const certificate = valueAt(document, 'verificationMaterial.certificate');
      put('verificationMaterial.x509CertificateChain', { certificates: [certificate] })(document);
      drop('verificationMaterial.certificate')(document);
    },
  },
  'bundle format: 0.1 without a promise': {
    sign: { ...message, version: '0.1' },
    edit: drop(`${entry}.inclusionPromise`),
  },
  'bundle format: no log entry': { sign: message, edit: drop('verificationMaterial.tlogEntries') },
  'message digest: another': { sign: message, edit: flip('messageSignature.messageDigest.digest') },
  'message digest: of another length': {
    sign: message,
    edit: put('messageSignature.messageDigest.algorithm', 'SHA2_384'),
  },
  'log entry: of another signature (CVE-2022-36056)': { sign: message, edit: exchanged(entry, message) },
  'log entry: the same twice': {
    sign: message,
    edit: editList('verificationMaterial.tlogEntries', ([one]) => [one, one]),
  },
  'hashedrekord: a statement': { sign: { ...statement, log: 'v1-hashedrekord' }, accepted: true },
  'hashedrekord: another envelope': {
    sign: { ...statement, log: 'v1-hashedrekord' },
    edit: flip('dsseEnvelope.payload'),
  },
  'hashedrekord: another signature': {
    sign: { ...statement, log: 'v1-hashedrekord' },
    edit: flip('dsseEnvelope.signatures.0.sig'),
  },
  'hashedrekord: the entry of another envelope': {
    sign: { ...statement, log: 'v1-hashedrekord' },
    edit: exchanged(entry, { ...statement, log: 'v1-hashedrekord' }),
  },
  'managed key: and an identity': {
    sign: { ...message, key },
    flags: ['--certificate-identity', 'user@example.com'],
  },
  'managed key: without a log': { sign: { ...message, key, log: 'none' } },
  'identity: of another issuer': { sign: { ...message, identity: { issuer: 'https://other.example.com' } } },
  'identity: another name': {
    sign: { ...message, identity: { names: [{ kind: 'email', value: 'other@example.com' }] } },
  },
  'identity: the name in another place': {
    sign: { ...message, identity: { names: [{ kind: 'dns', value: 'example.com' }] } },
  },
  'SCT: none': { sign: { ...message, identity: { certificateLog: undefined } } },
  'SCT: of a log that is not trusted': { sign: { ...message, identity: { certificateLog: makeCertificateLog() } } },
  'certificate: for something else': { sign: { ...message, identity: { usage: 'serverAuth' } } },
  'Rekor 2: several witnesses': {
    sign: { ...message, log: 'v2' },
    stack: withLog(witnessed),
    root: { logs: [witnessed] },
    accepted: true,
  },
  'Rekor 2: witnesses alone': {
    sign: { ...message, log: 'v2' },
    stack: withLog(witnessed),
    root: { logs: [witnessed] },
    edit: editText(checkpoint, (old) => old.replace(/\u2014 log2.*\n/, '')),
  },
  'Rekor 2: a key of ECDSA': {
    sign: { ...message, log: 'v2' },
    stack: withLog(ofEcdsa),
    root: { logs: [ofEcdsa] },
    accepted: true,
  },
  'Rekor 2: another signature': { sign: { ...message, log: 'v2' }, edit: flip('messageSignature.signature') },
  'Rekor 2: another envelope': { sign: { ...statement, log: 'v2' }, edit: flip('dsseEnvelope.payload') },
  'Rekor 2: another signature of an envelope': {
    sign: { ...statement, log: 'v2' },
    edit: flip('dsseEnvelope.signatures.0.sig'),
  },
  'Rekor 2: another body': { sign: { ...message, log: 'v2' }, edit: flip(`${entry}.canonicalizedBody`) },
  'Rekor 2: another root': { sign: { ...message, log: 'v2' }, edit: flip(`${entry}.inclusionProof.rootHash`) },
  'Rekor 2: a key that is not trusted': { sign: { ...message, log: 'v2' }, root: { logs: [witnessed] } },
  'TSA: a stamp of another signature': {
    sign: { ...message, log: 'v2' },
    edit: exchanged(stamps, { ...message, log: 'v2' }),
  },
  'TSA: damaged': { sign: { ...message, timestamped: true }, edit: flip(`${stamps}.0.signedTimestamp`) },
  'TSA: the window of another does not count': {
    sign: { ...message, log: 'v2' },
    root: { timestampAuthorities: [{ chain: tsaChain, validFor: until(before) }, { chain: [namesake.root] }] },
  },
  'TSA: two stamps': { sign: { ...message, log: 'v2', stampedAfter: [5000, 9000] }, accepted: true },
  'TSA: two stamps, one after the certificate': {
    sign: { ...message, log: 'v2', stampedAfter: [5000, 3_600_000] },
  },
  'TSA: not trusted then, and another without certificates is': {
    sign: { ...message, log: 'v2' },
    root: {
      timestampAuthorities: [
        { chain: [stack.timestamps.leaf, stack.timestamps.root], validFor: until(before) },
        { chain: [], validFor: until(after) },
      ],
    },
  },
  'certificates: another authority of the same name': {
    sign: message,
    root: {
      authorities: [
        { chain: [namesake.intermediate, namesake.root] },
        { chain: [stack.authority.intermediate, stack.authority.root] },
      ],
    },
    accepted: true,
  },
  'windows: a log that ended at that second': {
    sign: message,
    root: { logs: [{ ...stack.log, validFor: until(seconds(5).toISOString()) }] },
    accepted: true,
  },
  'windows: a timestamp authority that ended at that second': {
    sign: { ...message, log: 'v2' },
    root: {
      timestampAuthorities: [
        { chain: [stack.timestamps.leaf, stack.timestamps.root], validFor: until(seconds(5).toISOString()) },
      ],
    },
    accepted: true,
  },
  'windows: a log that ended later': {
    sign: message,
    root: { logs: [{ ...stack.log, validFor: until(after) }] },
    accepted: true,
  },
  'windows: a log that ended before': { sign: message, root: { logs: [{ ...stack.log, validFor: until(before) }] } },
  'windows: a log without a start': { sign: message, root: { logs: [{ ...stack.log, validFor: {} }] } },
  'windows: a certificate log that ended before': {
    sign: message,
    root: { certificateLogs: [{ ...stack.certificateLog, validFor: until(before) }] },
  },
  'windows: an authority that ended before': {
    sign: message,
    root: { authorities: [{ chain: [stack.authority.intermediate, stack.authority.root], validFor: until(before) }] },
  },
};

async function verify({ sign, edit, root, stack: own = stack, flags = [] }: Case, target: 'path' | 'digest') {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  const { bundle } = signBundle(own, { artifact, content: 'message', ...sign });
  const document: unknown = JSON.parse(formatBundle(bundle));
  edit?.(document);
  writeFileSync(at('bundle.json'), JSON.stringify(document));
  writeFileSync(at('root.json'), stack.trustedRoot(root));
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('key.pub'), key.pem);
  const identity = ['--certificate-identity', 'user@example.com'];
  const issuer = ['--certificate-oidc-issuer', 'https://issuer.example.com'];
  const signer = sign.key === undefined ? [...identity, ...issuer] : ['--key', at('key.pub')];
  const name = target === 'path' ? at('artifact') : `sha256:${createHash('sha256').update(artifact).digest('hex')}`;
  const args = [
    'verify-bundle',
    '--bundle',
    at('bundle.json'),
    ...signer,
    ...flags,
    '--trusted-root',
    at('root.json'),
    name,
  ];
  const host = makeHost(args, { environment: { HOME: directory } });
  const code = await runProgram(host);
  return { code, said: host.stderr.text() };
}

for (const target of ['path', 'digest'] as const) {
  test.each(Object.entries(cases))(`by ${target}, %s`, async (_, given) => {
    const { code, said } = await verify(given, target);
    if (given.accepted) expect({ code, said }).toEqual({ code: 0, said: 'Verified OK\n' });
    else expect({ code, coded: /\[[A-Z_]+\]/.test(said) }).toEqual({ code: 1, coded: true });
  });
}
