import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Fault } from '../../testkit/registry.ts';
import { startHttp } from '../../testkit/server.ts';
import { type SigningPlace, signingPlace, signingServices, writeKeys } from '../../testkit/signing.ts';
import { toPem } from '../../testkit/sigstore/certificate.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';
import { makeTufRepository } from '../../testkit/sigstore/tuf.ts';

const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const;
const noLog = ['--use-signing-config=false', '--tlog-upload=false'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;
const byKey = ['--key', 'own.pub', '--insecure-ignore-tlog'];
const legacyTagOf = ({ image }: SigningPlace): string => `${image.manifest.digest.replace(':', '-')}.sig`;

async function legacyLayers(place: SigningPlace): Promise<{ annotations: Record<string, string>; digest: string }[]> {
  const response = await fetch(`http://${place.registry.host}/v2/app/manifests/${legacyTagOf(place)}`);
  return ((await response.json()) as { layers: [] }).layers;
}

test.each(kinds.flatMap((kind) => Object.entries(layouts).map(([layout, flags]) => ({ kind, layout, flags }))))(
  'an image signed with a key of $kind as $layout is verified',
  async ({ kind, flags }) => {
    const place = await signingPlace();
    await writeKeys(place, 'own', kind);
    await writeKeys(place, 'other', kind);
    const signed = await place.run(['sign', '--key', 'own.key', ...flags, '-a', 'env=prod', place.name]);
    expect(signed).toMatchObject({ code: 0, stdout: '' });
    expect(signed.stderr).toContain(`Pushing signature to: ${place.registry.host}/app\n`);
    expect(await place.run(['verify', ...byKey, '-a', 'env=prod', place.name])).toMatchObject({ code: 0 });
    expect(await place.run(['verify', ...byKey, '-a', 'env=dev', place.name])).toMatchObject({ code: 1 });
    expect(await place.run(['verify', '--key', 'other.pub', '--insecure-ignore-tlog', place.name])).toMatchObject({
      code: 1,
    });
  },
);

test.each(Object.entries(layouts))('with -r an index is signed, and every image in it, as %s', async (_, flags) => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const signed = await place.run(['sign', '--key', 'own.key', ...flags, '-r', place.index]);
  expect(signed.code).toBe(0);
  for (const tag of ['index', '1', '2']) {
    expect(await place.run(['verify', ...byKey, `${place.registry.host}/app:${tag}`])).toMatchObject({ code: 0 });
  }
});

test('without -r only the index is signed', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  await place.run(['sign', '--key', 'own.key', ...layouts.bundle, place.index]);
  expect(await place.run(['verify', ...byKey, place.index])).toMatchObject({ code: 0 });
  expect(await place.run(['cosign', 'verify', ...byKey, place.name])).toMatchObject({ code: 10 });
});

test('a tag is warned of, a digest is not', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const words = ['sign', '--key', 'own.key', ...layouts.bundle];
  const byTag = await place.run([...words, place.name]);
  expect(byTag.stderr).toContain(`WARNING: Image reference ${place.name} uses a tag, not a digest`);
  const byDigest = await place.run([...words, `${place.registry.host}/app@${place.image.manifest.digest}`]);
  expect(byDigest).toMatchObject({ code: 0, stderr: expect.not.stringContaining('WARNING') });
});

/** What a registry of version 1.0 does: no list of referrers, and nothing said about subjects. */
const old: readonly Fault[] = [
  { match: /referrers/, act: { kind: 'status', status: 404 } },
  { match: /PUT .*manifests/, act: { kind: 'headers', headers: { 'oci-subject': '' } } },
];

test.each([
  ['the older layout', layouts.legacy, []],
  ['bundles', layouts.bundle, []],
  ['bundles where the registry keeps no list', layouts.bundle, old],
] as const)('eight signers at the same time lose nothing: %s', async (_, flags, faults) => {
  const place = await signingPlace({ faults });
  const names = Array.from({ length: 8 }, (_one, index) => `key${index}`);
  await Promise.all(names.map((name) => writeKeys(place, name)));
  const ended = await Promise.all(
    names.map((name) => place.run(['sign', '--key', `${name}.key`, ...flags, place.name])),
  );
  expect(ended.map(({ code }) => code)).toEqual(names.map(() => 0));
  for (const name of names) {
    const verify = ['verify', '--key', `${name}.pub`, '--insecure-ignore-tlog', place.name];
    expect(await place.run(verify)).toMatchObject({ code: 0 });
  }
});

test('the same signature by the same key is not added again; another annotation is', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const words = ['sign', '--key', 'own.key', ...layouts.legacy];
  for (const more of [[], [], ['-a', 'env=prod'], ['-a', 'env=prod']]) await place.run([...words, ...more, place.name]);
  expect(await legacyLayers(place)).toHaveLength(2);
});

test('signatures go to another repository when asked to', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const environment = { COSIGN_REPOSITORY: `${place.registry.host}/signatures` };
  for (const flags of Object.values(layouts)) {
    const signed = await place.run(['sign', '--key', 'own.key', ...flags, place.name], { environment });
    expect(signed.stderr).toContain(`Pushing signature to: ${place.registry.host}/signatures\n`);
  }
  expect(await place.run(['verify', ...byKey, place.name], { environment })).toMatchObject({ code: 0 });
  expect(await place.run(['verify', ...byKey, place.name])).toMatchObject({ code: 1 });
});

test('parts of a signature are written to files', async () => {
  const place = await signingPlace();
  const key = await writeKeys(place, 'own');
  const files = [
    '--output-signature',
    'out.sig',
    '--output-payload',
    'payload.json',
    '--output-certificate',
    'out.crt',
  ];
  const words = ['sign', '--key', 'own.key', ...layouts.legacy, '--upload=false', '--bundle', 'bundle.json', ...files];
  const { code, stderr } = await place.run([...words, place.name]);
  expect(code).toBe(0);
  expect(stderr).toContain('Flag --output-signature has been deprecated, please use --bundle');
  expect(stderr).not.toContain('Pushing');
  const payload = JSON.parse(readFileSync(place.at('payload.json'), 'utf8'));
  expect(payload).toEqual({
    critical: {
      identity: { 'docker-reference': `${place.registry.host}/app` },
      image: { 'docker-manifest-digest': place.image.manifest.digest },
      type: 'cosign container image signature',
    },
    optional: null,
  });
  const signature = readFileSync(place.at('out.sig'), 'utf8');
  expect(JSON.parse(readFileSync(place.at('bundle.json'), 'utf8'))).toEqual({ base64Signature: signature });
  expect(readFileSync(place.at('out.crt'), 'utf8')).toBe(key.pem);
});

test('a payload and names of the image can be given in the older layout', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const words = ['sign', '--key', 'own.key', ...layouts.legacy];
  const names = ['--sign-container-identity', 'a.example.com/app,b.example.com/app'];
  expect(await place.run([...words, ...names, place.name])).toMatchObject({ code: 0 });
  const { stdout } = await place.run(['verify', ...byKey, place.name]);
  expect(JSON.parse(stdout).map((one: { critical: { identity: object } }) => one.critical.identity)).toEqual([
    { 'docker-reference': 'a.example.com/app' },
    { 'docker-reference': 'b.example.com/app' },
  ]);
  writeFileSync(place.at('payload.txt'), 'anything');
  await place.run([...words, '--payload', 'payload.txt', '--record-creation-timestamp', place.name]);
  expect(await legacyLayers(place)).toHaveLength(3);
});

test('a bundle goes to a file instead of beside the image', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const words = ['sign', '--key', 'own.key', ...layouts.bundle, '--upload=false'];
  expect(await place.run([...words, place.name])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('CLI_SIGN_NOWHERE'),
  });
  const ended = await place.run([...words, '--bundle', 'bundle.json', '--output-signature', 'x.sig', place.name]);
  expect(ended.stderr).toContain('WARNING: --output-signature is deprecated when using --new-bundle-format');
  expect(JSON.parse(readFileSync(place.at('bundle.json'), 'utf8'))).toMatchObject({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    dsseEnvelope: { payloadType: 'application/vnd.in-toto+json' },
  });
  expect(await place.run(['verify', ...byKey, place.name])).toMatchObject({ code: 1 });
});

test.each(['v1', 'v2'] as const)('with a key and Rekor %s the log entry is proven', async (log) => {
  const place = await signingPlace();
  const services = await signingServices(place, log);
  for (const kind of kinds) {
    await writeKeys(place, 'own', kind);
    expect(await place.run(['sign', '--key', 'own.key', ...services.flags, place.name])).toMatchObject({ code: 0 });
    const verify = ['verify', '--key', 'own.pub', ...services.trust, place.name];
    expect(await place.run(verify)).toMatchObject({ code: 0 });
  }
  expect(services.unanswered).toEqual([]);
});

test.each(['v1', 'v2'] as const)('whom a token names is proven, with Rekor %s', async (log) => {
  const place = await signingPlace();
  const services = await signingServices(place, log);
  expect(await place.run(['sign', ...services.token, ...services.flags, place.name])).toMatchObject({ code: 0 });
  expect(await place.run(['verify', ...services.who, place.name])).toMatchObject({ code: 0 });
  writeFileSync(place.at('token.txt'), `${services.token[1]}\n`);
  const again = ['sign', '--identity-token', 'token.txt', ...services.flags, place.name];
  expect(await place.run(again)).toMatchObject({ code: 0 });
});

test('the older layout holds certificate, log entry and timestamp', async () => {
  const place = await signingPlace();
  const { url, token, trust, who } = await signingServices(place, 'v1');
  const addresses = ['--fulcio-url', url, '--rekor-url', url, '--timestamp-server-url', `${url}/api/v1/timestamp`];
  const words = ['cosign', 'sign', ...token, ...trust, '--use-signing-config=false', '--new-bundle-format=false'];
  expect(await place.run([...words, ...addresses, '--yes', place.name])).toMatchObject({ code: 0 });
  const [layer] = await legacyLayers(place);
  expect(Object.keys(layer?.annotations ?? {}).sort()).toEqual([
    'dev.cosignproject.cosign/signature',
    'dev.sigstore.cosign/bundle',
    'dev.sigstore.cosign/certificate',
    'dev.sigstore.cosign/chain',
    'dev.sigstore.cosign/rfc3161timestamp',
  ]);
  expect(await place.run(['verify', ...who, place.name])).toMatchObject({ code: 0 });
});

test('a key brings its certificate, with the authorities behind it', async () => {
  const place = await signingPlace();
  const key = await writeKeys(place, 'own');
  await writeKeys(place, 'other');
  const { authority, certificateLog, trustedRoot } = makeStack(new Date());
  const { der } = authority.issue({ at: new Date(Date.now() - 1000), key, certificateLog });
  writeFileSync(place.at('own.crt'), toPem(der));
  writeFileSync(place.at('chain.pem'), toPem(authority.intermediate.der) + toPem(authority.root.der));
  writeFileSync(place.at('wrong.pem'), toPem(authority.root.der));
  writeFileSync(place.at('root.json'), trustedRoot());
  const words = ['sign', ...layouts.legacy, '--certificate', 'own.crt'];
  const chain = ['--certificate-chain', 'chain.pem'];
  expect(await place.run([...words, ...chain, '--key', 'own.key', place.name])).toMatchObject({ code: 0 });
  const [layer] = await legacyLayers(place);
  expect(layer?.annotations).toMatchObject({
    'dev.sigstore.cosign/certificate': toPem(der),
    'dev.sigstore.cosign/chain': toPem(authority.intermediate.der),
  });
  expect(await place.run([...words, '--key', 'other.key', place.name])).toMatchObject({
    stderr: expect.stringContaining('SIGN_CERTIFICATE_KEY'),
  });
  const wrong = [...words, '--certificate-chain', 'wrong.pem', '--key', 'own.key', place.name];
  expect(await place.run(wrong)).toMatchObject({ stderr: expect.stringContaining('SIGN_CHAIN_INVALID') });
});

test.each(['v1', 'v2'] as const)("a certificate is issued for a key of one's own when asked to (%s)", async (log) => {
  const place = await signingPlace();
  await writeKeys(place, 'own', 'ecdsa-p384');
  const services = await signingServices(place, log);
  const words = ['sign', '--key', 'own.key', '--issue-certificate', ...services.flags];
  expect(await place.run([...words, '--fulcio-auth-flow=token', place.name])).toMatchObject({
    stderr: expect.stringContaining('CLI_TOKEN_MISSING'),
  });
  expect(await place.run([...words, ...services.token, place.name])).toMatchObject({ code: 0 });
  expect(await place.run(['verify', ...services.who, place.name])).toMatchObject({ code: 0 });
});

test('nothing is put anywhere when what was signed does not hold', async () => {
  const place = await signingPlace();
  const services = await signingServices(place, 'v1');
  const other = await signingPlace();
  await signingServices(other, 'v1');
  writeFileSync(place.at('root.json'), readFileSync(other.at('root.json')));
  const ended = await place.run(['sign', ...services.token, ...services.flags, place.name]);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('VERIFY_') });
  expect(place.registry.seen.filter(({ method }) => method === 'PUT')).toEqual([]);
});

test('a log that everybody can read is asked about, unless --yes says so', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const { url } = await signingServices(place, 'v1');
  const words = ['sign', '--key', 'own.key', '--rekor-url', url, place.name];
  const typed = (text: string) => ({
    stdin: async function* () {
      yield Buffer.from(text);
    },
  });
  expect(await place.run(words, typed('n\n'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('CLI_DECLINED'),
  });
  expect(await place.run(words, typed('y\n'))).toMatchObject({ code: 0 });
  expect(await place.run([...words, '-y'])).toMatchObject({ code: 0 });
});

test.each([
  [['--signing-config', 'config.json', '--use-signing-config'], 'CLI_SIGNING_CONFIG_TWICE'],
  [['--rekor-url', 'https://rekor.example.com'], 'CLI_SERVICES_TWICE'],
  [['--tlog-upload=false'], 'CLI_TLOG_CONFLICT'],
  [['--new-bundle-format=false'], 'CLI_LAYOUT_CONFLICT'],
  [['--registry-referrers-mode', 'oci-1-1'], 'CLI_REFERRERS_MODE'],
])('flags that fight: %j is refused under the name cosign', async (flags, code) => {
  const place = await signingPlace();
  const words = ['cosign', 'sign', ...(flags.includes('--key') ? [] : ['--key', 'own.key']), ...flags, '--debug'];
  expect(await place.run([...words, place.name])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`[${code}]`),
  });
});

test('under our own name flags that fight with the usual services do without them', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const words = ['sign', '--key', 'own.key', '--tlog-upload=false', place.name];
  expect(await place.run(words)).toMatchObject({ code: 0 });
  const told = ['sign', '--key', 'own.key', '--tlog-upload=false', '--use-signing-config', place.name];
  expect(await place.run(told)).toMatchObject({ code: 1, stderr: expect.stringContaining('CLI_TLOG_CONFLICT') });
});

test('without a key a token is needed, and the password of a key must be right', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const noIssuer = { mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json' };
  writeFileSync(place.at('bare.json'), JSON.stringify(noIssuer));
  expect(await place.run(['sign', '--signing-config', 'bare.json', place.name])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('SIGN_TOKEN_MISSING'),
  });
  const environment = { COSIGN_PASSWORD: 'not-this-one' };
  const ended = await place.run(['sign', '--key', 'own.key', ...noLog, place.name], { environment });
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_PASSWORD_WRONG') });
  expect(ended.stderr).not.toContain('not-this-one');
});

test('an image that is not there is signed by its digest in the older layout only, as cosign does', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const absent = `${place.registry.host}/app@sha256:${'1'.repeat(64)}`;
  expect(await place.run(['sign', '--key', 'own.key', ...layouts.legacy, absent])).toMatchObject({ code: 0 });
  expect(await place.run(['sign', '--key', 'own.key', ...layouts.bundle, absent])).toMatchObject({ code: 1 });
});

async function initialized(place: SigningPlace, targets: Readonly<Record<string, string>>): Promise<void> {
  const repository = makeTufRepository(targets);
  const host = await startHttp(listen([repository.service('/tuf/')], []));
  writeFileSync(place.at('first.json'), repository.root);
  const words = ['initialize', '--mirror', `http://${host}/tuf`, '--root', 'first.json'];
  expect(await place.run(words)).toMatchObject({ code: 0 });
}

test('after initialize the services and keys of the mirror are the usual ones', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const { token, who, unanswered } = await signingServices(place, 'v1');
  const [root, config] = ['root.json', 'config.json'].map((name) => readFileSync(place.at(name), 'utf8'));
  await initialized(place, { 'trusted_root.json': root ?? '', 'signing_config.v0.2.json': config ?? '' });
  expect(await place.run(['cosign', 'sign', '--key', 'own.key', place.name])).toMatchObject({ code: 0 });
  expect(await place.run(['cosign', 'verify', '--key', 'own.pub', place.name])).toMatchObject({ code: 0 });
  expect(await place.run(['sign', ...token, place.index])).toMatchObject({ code: 0 });
  expect(await place.run(['verify', ...who.slice(0, 4), place.index])).toMatchObject({ code: 0 });
  expect(unanswered).toEqual([]);
});

test('a mirror without a signing configuration does not lead to the public services', async () => {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  await signingServices(place, 'v1');
  await initialized(place, { 'trusted_root.json': readFileSync(place.at('root.json'), 'utf8') });
  const ended = await place.run(['sign', '--key', 'own.key', place.name]);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('SIGN_SERVICES_UNKNOWN') });
});

test('a job of GitHub Actions asks for its own token', async () => {
  const place = await signingPlace();
  const { flags, token, who } = await signingServices(place, 'v2');
  const asked: string[] = [];
  const host = await startHttp(({ url, headers }, response) => {
    asked.push(`${url} ${headers.authorization}`);
    response.statusCode = url?.startsWith('/token') ? 200 : 403;
    response.end(url?.startsWith('/token?bad') ? '{}' : JSON.stringify({ value: token[1] }));
  });
  const job = (path: string) => ({
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: `http://${host}${path}`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'may-ask' },
  });
  const words = ['sign', ...flags, place.name];
  expect(await place.run(words, job('/token?api-version=2.0'))).toMatchObject({ code: 0 });
  expect(asked).toEqual(['/token?api-version=2.0&audience=sigstore bearer may-ask']);
  expect(await place.run(['verify', ...who, place.name])).toMatchObject({ code: 0 });
  for (const [path, code] of [
    ['/other', 'TRUST_SERVICE_REFUSED'],
    ['/token?bad=1', 'TRUST_SERVICE_INVALID'],
  ] as const) {
    const ended = await place.run(words, job(path));
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining(code) });
    expect(ended.stderr).not.toContain('may-ask');
  }
  const asks = asked.length;
  const forbidden = [...words, '--oidc-disable-ambient-providers', '--fulcio-auth-flow=token'];
  expect((await place.run(forbidden, job('/token'))).stderr).toContain('CLI_TOKEN_MISSING');
  expect(asked.length).toBe(asks);
});
