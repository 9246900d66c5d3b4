import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { putSigned } from '../../testkit/signed-image.ts';
import { type TestCertificate, toPem } from '../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, type SignRequest, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
import { formatBundle } from '../envelope/index.ts';
import { runProgram } from './run.ts';

/** One file for whom to trust, with a window and repositories for each key and service. */
const stack = makeStack();
const [key, other] = [makeKey(), makeKey()];
const image = buildImage({ layers: [[{ path: 'a' }]] });
const { bytes } = image.manifest;
const pem = (...chain: readonly TestCertificate[]): string => chain.map(({ der }) => toPem(der)).join('');
const { authority, certificateLog, timestamps, log, log2 } = stack;

const parts: Readonly<Record<string, string>> = {
  'key.pub': key.pem,
  'other.pub': other.pem,
  'ca.pem': pem(authority.intermediate, authority.root),
  'ct.pub': certificateLog.key.pem,
  'rekor.pub': log.key.pem,
  'rekor2.pub': log2.key.pem,
  'tsa.pem': pem(timestamps.leaf, timestamps.root),
};

type Entry = Readonly<Record<string, unknown>>;
const ca = { url: 'https://fulcio.example.com', chain: 'ca.pem' };
const ct = { url: 'https://ct.example.com', key: 'ct.pub' };
const rekor = { url: log.url, key: 'rekor.pub' };
const rekor2 = { url: log2.url, key: 'rekor2.pub' };
const tsa = { url: 'https://tsa.example.com', chain: 'tsa.pem' };
const person = { name: 'user@example.com', issuer: 'https://issuer.example.com' };
const services = {
  certificateAuthorities: [ca],
  certificateLogs: [ct],
  logs: [rekor, rekor2],
  timestampAuthorities: [tsa],
};
const whole = { keys: [{ key: 'key.pub' }, { key: 'other.pub' }], identities: [person], ...services };

function about(sign: Partial<SignRequest>) {
  const statement = statementAbout(bytes, { predicateType: 'https://sigstore.dev/cosign/sign/v1' });
  return signBundle(stack, { artifact: bytes, content: 'statement', statement, ...sign }).bundle;
}

async function verify(
  document: Readonly<Record<string, readonly Entry[]>>,
  sign: Partial<SignRequest>,
  ...flags: string[]
) {
  const registry = await startRegistry();
  await putSigned(registry, ['org/app', '1'], image, { bundles: [about(sign)] });
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  for (const [name, text] of Object.entries(parts)) writeFileSync(at(name), text);
  writeFileSync(at('trust.json'), JSON.stringify(document).replaceAll('HOST', registry.host));
  const words = ['verify', '--trust-file', at('trust.json'), ...flags, `${registry.host}/org/app:1`];
  const host = makeHost(words, { environment: { HOME: directory } });
  return { code: await runProgram(host), stderr: host.stderr.text() };
}

const keyed = { key };
const [before, after] = ['2026-05-01T00:00:00Z', '2026-07-01T00:00:00Z'];
const elsewhere = { repositories: ['HOST/other/*'] };
const here = { repositories: ['HOST/org/*'] };

test.each<[string, Parameters<typeof verify>[0], Partial<SignRequest>]>([
  ['a key', whole, keyed],
  ['another key', whole, { key: other }],
  ['a person, by Rekor 1', whole, {}],
  ['a person, by Rekor 2 and a stamp', whole, { log: 'v2' }],
  ['a key of the repository', { ...services, keys: [{ key: 'key.pub', ...here }] }, keyed],
  ['a key in its window', { ...services, keys: [{ key: 'key.pub', from: before, until: after }] }, keyed],
  [
    'services of the repository',
    { ...whole, logs: [{ ...rekor, ...here }], certificateAuthorities: [{ ...ca, ...here }] },
    {},
  ],
])('%s is accepted', async (_, document, sign) => {
  expect(await verify(document, sign)).toMatchObject({ code: 0 });
});

test.each<[string, Parameters<typeof verify>[0], Partial<SignRequest>, string]>([
  ['nobody', { ...services }, keyed, 'names nobody for'],
  ['a key of another repository', { ...services, keys: [{ key: 'key.pub', ...elsewhere }] }, keyed, 'names nobody for'],
  [
    'an identity of another repository',
    { ...services, identities: [{ ...person, ...elsewhere }] },
    {},
    'names nobody for',
  ],
  ['a key that ended', { ...services, keys: [{ key: 'key.pub', until: before }] }, keyed, 'was not trusted at'],
  ['a key to come', { ...services, keys: [{ key: 'key.pub', from: after }] }, keyed, 'was not trusted at'],
  ['a key, by a log of another repository', { ...whole, logs: [{ ...rekor, ...elsewhere }] }, keyed, 'no matching'],
  ['a key, by a log that ended', { ...whole, logs: [{ ...rekor, until: before }] }, keyed, 'no matching'],
  [
    'a person, by an authority of another repository',
    { ...whole, certificateAuthorities: [{ ...ca, ...elsewhere }] },
    {},
    'no matching',
  ],
  [
    'a person, by an authority that ended',
    { ...whole, certificateAuthorities: [{ ...ca, until: before }] },
    {},
    'no matching',
  ],
  [
    'a person, by a certificate log of another repository',
    { ...whole, certificateLogs: [{ ...ct, ...elsewhere }] },
    {},
    'no matching',
  ],
  [
    'a person, by stamps of another repository',
    { ...whole, timestampAuthorities: [{ ...tsa, ...elsewhere }] },
    { log: 'v2' },
    'no matching',
  ],
  [
    'a person, by an authority of stamps that ended',
    { ...whole, timestampAuthorities: [{ ...tsa, until: before }] },
    { log: 'v2' },
    'no matching',
  ],
])('%s is refused', async (_, document, sign, told) => {
  const { code, stderr } = await verify(document, sign);
  expect({ code, told: stderr.includes(told) }, stderr).toEqual({ code: 1, told: true });
});

test('without a log, a key counts by the time that it is now', async () => {
  const unlogged = { key, log: 'none', timestamped: false } as const;
  const until = (end: string) => ({ keys: [{ key: 'key.pub', until: end }] });
  expect(await verify(until('2020-01-01T00:00:00Z'), unlogged, '--insecure-ignore-tlog')).toMatchObject({ code: 1 });
  expect(await verify(until('2099-01-01T00:00:00Z'), unlogged, '--insecure-ignore-tlog')).toMatchObject({ code: 0 });
});

test('a file is verified by what is trusted for everything', async () => {
  const artifact = Buffer.from('the artifact');
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  for (const [name, text] of Object.entries(parts)) writeFileSync(at(name), text);
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('bundle.json'), formatBundle(signBundle(stack, { artifact, content: 'message', key }).bundle));
  const verifyBlob = async (document: object) => {
    writeFileSync(at('trust.json'), JSON.stringify(document));
    const words = ['verify-blob', '--trust-file', at('trust.json'), '--bundle', at('bundle.json'), at('artifact')];
    const host = makeHost(words, { environment: { HOME: directory } });
    return { code: await runProgram(host), stderr: host.stderr.text() };
  };
  expect(await verifyBlob(whole)).toMatchObject({ code: 0 });
  const refused = await verifyBlob({ ...services, keys: [{ key: 'key.pub', repositories: ['**'] }] });
  expect({ code: refused.code, told: refused.stderr.includes('VERIFY_NOBODY_TRUSTED') }).toEqual({
    code: 1,
    told: true,
  });
  const ended = await verifyBlob({ ...services, keys: [{ key: 'key.pub', until: before }] });
  expect({ code: ended.code, told: ended.stderr.includes('VERIFY_KEY_WINDOW') }).toEqual({ code: 1, told: true });
});

test('who is trusted is said once', async () => {
  const { code, stderr } = await verify(whole, keyed, '--key', 'key.pub');
  expect({ code, told: stderr.includes('CLI_TRUST_FILE_TWICE') }).toEqual({ code: 1, told: true });
});
