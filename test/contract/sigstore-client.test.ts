import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { formatBundle } from '../../src/envelope/index.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { drop, editText, flip, type JsonEdit, put } from '../../testkit/json-edit.ts';
import { makeAuthority } from '../../testkit/sigstore/authority.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, type SignRequest, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
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
  readonly edit?: JsonEdit;
  readonly root?: TrustedRootParts;
  readonly accepted?: true;
}

const message: Partial<SignRequest> = { content: 'message' };
const statement: Partial<SignRequest> = { content: 'statement' };
const until = (end: string) => ({ start: '2020-01-01T00:00:00Z', end });
const [before, after] = ['2026-05-01T00:00:00Z', '2026-07-01T00:00:00Z'];
/** When logs and authorities of the stack say that something was signed. */
const signedAt = '2026-06-01T12:00:05Z';
const { timestamps, authority } = stack;
/** Another authority whose certificates have the very names of the first. */
const namesake = makeAuthority(stack.at);

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
  'DSSE: a statement of a version to come': {
    sign: { ...statement, statement: statementAbout(artifact, { _type: 'https://in-toto.io/Statement/v2' }) },
  },
  'DSSE: entered as a message': { sign: { ...statement, log: 'v1-hashedrekord' }, accepted: true },
  'DSSE: entered as a message, another payload': {
    sign: { ...statement, log: 'v1-hashedrekord' },
    edit: flip('dsseEnvelope.payload'),
  },
  'DSSE: entered as a message, another signature': {
    sign: { ...statement, log: 'v1-hashedrekord' },
    edit: flip('dsseEnvelope.signatures.0.sig'),
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
  'intoto: an entry of version 0.0.2, by a managed key': {
    sign: { ...statement, log: 'v1-intoto', key },
    accepted: true,
  },
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
  'TSA: two stamps': { sign: { ...message, log: 'v2', stampedAfter: [5000, 9000] }, accepted: true },
  'TSA: two stamps, one after the certificate': {
    sign: { ...message, log: 'v2', stampedAfter: [5000, 3_600_000] },
  },
  'TSA: not trusted then, and another without certificates is': {
    sign: { ...message, log: 'v2' },
    root: {
      timestampAuthorities: [
        { chain: [timestamps.leaf, timestamps.root], validFor: until(before) },
        { chain: [], validFor: until(after) },
      ],
    },
  },
  'certificates: another authority of the same name': {
    sign: message,
    root: {
      authorities: [
        { chain: [namesake.intermediate, namesake.root] },
        { chain: [authority.intermediate, authority.root] },
      ],
    },
    accepted: true,
  },
  'windows: a log that ended at that second': {
    sign: message,
    root: { logs: [{ ...stack.log, validFor: until(signedAt) }] },
    accepted: true,
  },
  'windows: a timestamp authority that ended at that second': {
    sign: { ...message, log: 'v2' },
    root: { timestampAuthorities: [{ chain: [timestamps.leaf, timestamps.root], validFor: until(signedAt) }] },
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

async function verify({ sign, edit, root }: Case, target: 'path' | 'digest') {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  const { bundle } = signBundle(stack, { artifact, content: 'message', ...sign });
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
  const args = ['verify-bundle', '--bundle', at('bundle.json'), ...signer, '--trusted-root', at('root.json'), name];
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
