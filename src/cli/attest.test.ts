import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SigningPlace, signingPlace, signingServices, writeKeys } from '../../testkit/signing.ts';

const noLog = ['--use-signing-config=false', '--tlog-upload=false'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;
const byKey = ['--key', 'own.pub', '--insecure-ignore-tlog'];

const predicates: Readonly<Record<string, string>> = {
  custom: 'anything',
  slsaprovenance: '{"builder":{"id":"b"},"buildType":"t"}',
  slsaprovenance02: '{"builder":{"id":"b"},"buildType":"t"}',
  slsaprovenance1: '{"buildDefinition":{},"runDetails":{}}',
  link: '{"_type":"link","name":"n","materials":{},"products":{},"byproducts":{},"command":[],"environment":{}}',
  spdx: 'SPDXVersion: SPDX-2.3',
  spdxjson: '{"spdxVersion":"SPDX-2.3"}',
  cyclonedx: '{"bomFormat":"CycloneDX"}',
  vuln: '{"invocation":{},"scanner":{},"metadata":{}}',
  openvex: '{"author":"me"}',
  'https://example.com/own': '{"a":1}',
};

async function place(): Promise<SigningPlace> {
  const made = await signingPlace();
  await writeKeys(made, 'own');
  return made;
}

function writePredicate({ at }: SigningPlace, type: string): void {
  writeFileSync(at('predicate.txt'), predicates[type] ?? '');
}

test.each(Object.entries(layouts))('attestations of each type are verified by their type: %s', async (_, flags) => {
  const at = await place();
  for (const type of Object.keys(predicates)) {
    writePredicate(at, type);
    const words = ['attest', '--key', 'own.key', '--type', type, '--predicate', 'predicate.txt', ...flags, at.name];
    expect(await at.run(words)).toMatchObject({ code: 0, stderr: expect.stringContaining('Using payload from:') });
    const verified = await at.run(['verify-attestation', ...byKey, '--type', type, at.name]);
    expect(verified.code).toBe(0);
    const statement = JSON.parse(
      Buffer.from(JSON.parse(verified.stdout.split('\n')[0] ?? '').payload, 'base64').toString(),
    );
    expect(statement.subject[0].name).toBe(`${at.registry.host}/app`);
  }
  const none = await at.run(['verify-attestation', ...byKey, '--type', 'https://example.com/none', at.name]);
  expect(none.code).toBe(1);
});

async function attestations({ registry, image }: SigningPlace): Promise<{ annotations: { predicateType: string } }[]> {
  const tag = `${image.manifest.digest.replace(':', '-')}.att`;
  const response = await fetch(`http://${registry.host}/v2/app/manifests/${tag}`);
  return ((await response.json()) as { layers: [] }).layers;
}

test('with --replace attestations of the same type go, and others stay', async () => {
  const at = await place();
  const attest = (type: string, ...more: string[]) => {
    writePredicate(at, type);
    const words = ['attest', '--key', 'own.key', '--type', type, '--predicate', 'predicate.txt', ...layouts.legacy];
    return at.run([...words, ...more, at.name]);
  };
  for (const type of ['custom', 'spdxjson', 'custom']) expect(await attest(type)).toMatchObject({ code: 0 });
  expect(await attestations(at)).toHaveLength(3);
  const { code, stderr } = await attest('custom', '--replace');
  expect({ code, told: stderr.includes('Flag --replace has been deprecated') }).toEqual({ code: 0, told: true });
  expect((await attestations(at)).map(({ annotations }) => annotations.predicateType)).toEqual([
    'https://spdx.dev/Document',
    'https://cosign.sigstore.dev/attestation/v1',
  ]);
});

test.each(['v1', 'v2'] as const)('an attestation by whom a token names, with Rekor %s', async (log) => {
  const at = await place();
  const services = await signingServices(at, log);
  writePredicate(at, 'spdxjson');
  const claim = ['--type', 'spdxjson', '--predicate', 'predicate.txt', '--bundle', 'bundle.json'];
  const words = ['attest', ...claim, ...services.token, ...services.flags, '--record-creation-timestamp'];
  expect(await at.run([...words, at.name])).toMatchObject({ code: 0, stderr: expect.stringContaining('Wrote bundle') });
  expect(await at.run(['verify-attestation', '--type', 'spdxjson', ...services.who, at.name])).toMatchObject({
    code: 0,
  });
});

test.each([
  [[], 'CLI_CLAIM_MISSING'],
  [['--statement', 'predicate.txt'], 'CLI_PREDICATE_EMPTY'],
  [['--predicate', 'predicate.txt', '--type', 'nothing'], 'CLI_PREDICATE_UNKNOWN'],
  [['--predicate', 'predicate.txt', '--type', 'spdxjson'], 'SIGN_PREDICATE_INVALID'],
  [['--predicate', 'predicate.txt', '--no-upload'], 'CLI_SIGN_NOWHERE'],
])('attest %j is refused with %s', async (flags, code) => {
  const at = await place();
  writePredicate(at, 'custom');
  const ended = await at.run(['attest', '--key', 'own.key', ...noLog, ...flags, at.name]);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining(`[${code}]`) });
});

const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const;

test.each(kinds)('files and statements about them are signed with a key of %s', async (kind) => {
  const at = await signingPlace();
  await writeKeys(at, 'own', kind);
  writeFileSync(at.at('artifact.txt'), 'the artifact');
  writePredicate(at, 'spdxjson');
  const rest = ['--key', 'own.key', ...noLog, '--bundle', 'bundle.json', 'artifact.txt'];
  expect(await at.run(['sign-blob', ...rest])).toMatchObject({ code: 0, stdout: '' });
  const verify = [...byKey, '--bundle', 'bundle.json', 'artifact.txt'];
  expect(await at.run(['verify-blob', ...verify])).toMatchObject({ code: 0 });
  const claim = ['--type', 'spdxjson', '--predicate', 'predicate.txt'];
  expect(await at.run(['attest-blob', ...claim, ...rest])).toMatchObject({ code: 0 });
  expect(await at.run(['verify-blob-attestation', '--type', 'spdxjson', ...verify])).toMatchObject({ code: 0 });
  writeFileSync(at.at('artifact.txt'), 'another');
  expect(await at.run(['verify-blob-attestation', '--type', 'spdxjson', ...verify])).toMatchObject({ code: 1 });
});

test.each(['ecdsa-sha2-384-nistp384', 'rsa-sign-pkcs1-2048-sha256'])('a key of one use by %s', async (algorithm) => {
  const at = await signingPlace();
  const services = await signingServices(at, 'v1');
  writeFileSync(at.at('artifact.txt'), 'the artifact');
  const words = ['sign-blob', '--signing-algorithm', algorithm, '--bundle', 'bundle.json', ...services.flags];
  expect(await at.run([...words, ...services.token, 'artifact.txt'])).toMatchObject({ code: 0 });
  const verify = ['verify-blob', ...services.who, '--bundle', 'bundle.json', 'artifact.txt'];
  expect(await at.run(verify)).toMatchObject({ code: 0 });
});

test('without a bundle the signature is printed, or written with what proves it', async () => {
  const at = await place();
  const { url, token, trust } = await signingServices(at, 'v1');
  const addresses = ['--fulcio-url', url, '--rekor-url', url, '--timestamp-server-url', `${url}/api/v1/timestamp`];
  const old = ['--use-signing-config=false', '--new-bundle-format=false', '--yes', ...trust];
  const stdin = async function* () {
    yield Buffer.from('the artifact');
  };
  const printed = await at.run(['sign-blob', '--key', 'own.key', ...layouts.legacy, '-'], { stdin });
  expect(Buffer.from(printed.stdout, 'base64')[0]).toBe(0x30);
  const raw = await at.run(['sign-blob', '--key', 'own.key', ...layouts.legacy, '--b64=false', '-'], { stdin });
  expect(raw.stdout).not.toMatch(/^[A-Za-z0-9+/=]*\n$/);
  const files = [
    '--output-signature',
    'out.sig',
    '--output-certificate',
    'out.crt',
    '--rfc3161-timestamp',
    'stamp.json',
  ];
  const words = ['sign-blob', ...old, ...addresses, ...token, ...files, '--bundle', 'bundle.json', '-'];
  expect(await at.run(words, { stdin })).toMatchObject({ code: 0, stdout: '' });
  expect(Buffer.from(readFileSync(at.at('out.crt'), 'utf8'), 'base64').toString()).toContain('BEGIN CERTIFICATE');
  expect(JSON.parse(readFileSync(at.at('stamp.json'), 'utf8'))).toHaveProperty('SignedRFC3161Timestamp');
  expect(JSON.parse(readFileSync(at.at('bundle.json'), 'utf8'))).toMatchObject({
    base64Signature: readFileSync(at.at('out.sig'), 'utf8'),
    rekorBundle: { Payload: {} },
  });
});

test('a statement is signed as it is, and parts of it are written without a bundle', async () => {
  const at = await place();
  const digest = { sha256: 'a'.repeat(64) };
  const statement = JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'x', digest }],
    predicateType: 'https://example.com/own',
    predicate: {},
  });
  writeFileSync(at.at('statement.json'), statement);
  const words = ['attest-blob', '--key', 'own.key', ...layouts.legacy, '--statement', 'statement.json'];
  const printed = await at.run(words);
  expect(JSON.parse(printed.stdout)).toMatchObject({ payload: Buffer.from(statement).toString('base64') });
  const written = await at.run([...words, '--output-signature', 'out.sig', '--output-attestation', 'out.json']);
  expect(written).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(at.at('out.json'), 'utf8')).toBe(statement);
  writePredicate(at, 'custom');
  const byHash = [
    'attest-blob',
    '--key',
    'own.key',
    ...noLog,
    '--predicate',
    'predicate.txt',
    '--bundle',
    'bundle.json',
  ];
  expect(await at.run([...byHash, '--hash', digest.sha256, 'app.tar'])).toMatchObject({ code: 0 });
  const verify = ['verify-blob-attestation', ...byKey, '--bundle', 'bundle.json', `sha256:${digest.sha256}`];
  expect(await at.run(verify)).toMatchObject({ code: 0 });
});

test.each([
  [['sign-blob', 'x.txt'], 'CLI_SIGN_BUNDLE'],
  [['attest-blob', '--predicate', 'predicate.txt', 'x.txt'], 'CLI_SIGN_BUNDLE'],
  [['attest-blob', '--bundle', 'bundle.json', 'x.txt'], 'CLI_CLAIM_MISSING'],
  [['attest-blob', '--bundle', 'bundle.json', '--predicate', 'predicate.txt'], 'CLI_OPERAND_MISSING'],
  [['attest-blob', '--bundle', 'b.json', '--predicate', 'p.txt', '--statement', 's.json', 'x.txt'], 'CLI_CLAIM_TWICE'],
  [['sign-blob', '--bundle', 'b.json', '/nowhere'], 'DISK_NOT_FOUND'],
])('%j is refused with %s', async ([command = '', ...words], code) => {
  const at = await place();
  const ended = await at.run([command, '--key', 'own.key', ...noLog, ...words]);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining(`[${code}]`) });
});
