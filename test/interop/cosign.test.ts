import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { formatBundle } from '../../src/envelope/index.ts';
import { decryptPrivateKey, encryptPrivateKey } from '../../src/trust/keys/private-key.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage } from '../../testkit/image.ts';
import { flip, type JsonEdit } from '../../testkit/json-edit.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { startHttp } from '../../testkit/server.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
import { serveStack } from '../../testkit/sigstore/http/serve.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, type SignRequest, signBundle } from '../../testkit/sigstore/stack.ts';
import { makeTufRepository } from '../../testkit/sigstore/tuf.ts';

const run = promisify(execFile);
const found = await hasPeer('cosign');

const stack = makeStack();
const artifact = Buffer.from('the artifact');
const keys = { 'ecdsa-p256': makeKey('ecdsa-p256'), rsa: makeKey('rsa') };

interface Answer {
  readonly code: number;
  readonly stderr: string;
}

async function cosign(directory: string, ...args: string[]): Promise<Answer> {
  const env = {
    HOME: directory,
    PATH: process.env['PATH'],
    COSIGN_PASSWORD: 'secret',
    TUF_ROOT: join(directory, 'tuf'),
  };
  return run('cosign', args, { cwd: directory, env }).then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }) => ({ code, stderr }),
  );
}

async function plimsoll(directory: string, ...args: string[]): Promise<Answer> {
  const absolute = args.map((word) => (/^[\w-]+\.(json|pub)$|^artifact$/.test(word) ? join(directory, word) : word));
  const host = makeHost(['cosign', ...absolute], { environment: { HOME: directory } });
  return { code: await runProgram(host), stderr: host.stderr.text() };
}

function workplace(sign: Partial<SignRequest>, edit: JsonEdit = () => {}): string {
  const directory = temporaryDirectory();
  const document: unknown = JSON.parse(
    formatBundle(signBundle(stack, { artifact, content: 'message', ...sign }).bundle),
  );
  edit(document);
  writeFileSync(join(directory, 'bundle.json'), JSON.stringify(document));
  writeFileSync(join(directory, 'root.json'), stack.trustedRoot());
  writeFileSync(join(directory, 'artifact'), artifact);
  writeFileSync(join(directory, 'key.pub'), sign.key?.pem ?? '');
  return directory;
}

function wordsOf({ content, key }: Partial<SignRequest>): string[] {
  const command =
    content === 'statement' ? ['verify-blob-attestation', '--type', 'https://example.com/predicate'] : ['verify-blob'];
  const identity = [
    '--certificate-identity-regexp',
    'user@',
    '--certificate-oidc-issuer',
    'https://issuer.example.com',
  ];
  const signer = key === undefined ? identity : ['--key', 'key.pub'];
  return [...command, '--bundle', 'bundle.json', '--trusted-root', 'root.json', ...signer, 'artifact'];
}

const signed: Partial<SignRequest>[] = (['message', 'statement'] as const).flatMap((content) =>
  (['v1', 'v1-intoto', 'v2'] as const).flatMap((log) => [
    { content, log },
    { content, log, version: '0.2' as const },
    { content, log, key: keys['ecdsa-p256'] },
    { content, log, key: keys.rsa },
  ]),
);

test.runIf(found).each(signed)(
  'cosign and we accept what the services of tests make: $content $log $version',
  async (sign) => {
    const directory = workplace(sign);
    expect(await cosign(directory, ...wordsOf(sign))).toMatchObject({ code: 0 });
    expect(await plimsoll(directory, ...wordsOf(sign))).toEqual({ code: 0, stderr: 'Verified OK\n' });
  },
);

const entry = 'verificationMaterial.tlogEntries.0';
const edits: Readonly<Record<string, JsonEdit>> = {
  signature: flip('messageSignature.signature'),
  digest: flip('messageSignature.messageDigest.digest'),
  certificate: flip('verificationMaterial.certificate.rawBytes'),
  body: flip(`${entry}.canonicalizedBody`),
  promise: flip(`${entry}.inclusionPromise.signedEntryTimestamp`),
  hash: flip(`${entry}.inclusionProof.hashes.0`),
  root: flip(`${entry}.inclusionProof.rootHash`),
};

test.runIf(found).each(Object.entries(edits))('cosign and we refuse a changed %s', async (_, edit) => {
  const directory = workplace({}, edit);
  expect(await cosign(directory, ...wordsOf({}))).toMatchObject({ code: 1 });
  expect(await plimsoll(directory, ...wordsOf({}))).toMatchObject({ code: 1 });
});

test.runIf(found)('cosign and we complain of missing identities alike', async () => {
  const directory = workplace({});
  for (const flags of [[], ['--certificate-identity', 'user@example.com']]) {
    const words = ['verify-blob', '--bundle', 'bundle.json', ...flags, 'artifact'];
    const [theirs, ours] = [await cosign(directory, ...words), await plimsoll(directory, ...words)];
    const ends = ({ code, stderr }: Answer) => {
      const lines = stderr.trimEnd().split('\n');
      return { code, error: lines.find((line) => line.startsWith('Error: ')), last: lines.at(-1) };
    };
    expect(ends(ours)).toEqual(ends(theirs));
  }
});

test.runIf(found)("a signature by cosign's own key is verified, and the key is opened", async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'artifact'), artifact);
  expect(await cosign(directory, 'generate-key-pair')).toMatchObject({ code: 0 });
  expect(await cosign(directory, 'signing-config', 'create', '--out', 'config.json')).toMatchObject({ code: 0 });
  const flags = ['--key', 'cosign.key', '--signing-config', 'config.json', '--bundle', 'bundle.json', '--yes'];
  expect(await cosign(directory, 'sign-blob', ...flags, 'artifact')).toMatchObject({ code: 0 });
  const verify = ['--key', 'cosign.pub', '--insecure-ignore-tlog', '--bundle', 'bundle.json', 'artifact'];
  expect(await plimsoll(directory, 'verify-blob', ...verify)).toEqual({ code: 0, stderr: 'Verified OK\n' });
  const opened = await decryptPrivateKey(readFileSync(join(directory, 'cosign.key'), 'utf8'), Buffer.from('secret'));
  expect(opened.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
});

test.runIf(found)('cosign opens a private key that we encrypted', async () => {
  const directory = temporaryDirectory();
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(join(directory, 'ours.key'), await encryptPrivateKey(privateKey, Buffer.from('secret')));
  expect(await cosign(directory, 'public-key', '--key', 'ours.key', '--outfile', 'ours.pub')).toMatchObject({
    code: 0,
  });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(readFileSync(join(directory, 'ours.pub'), 'utf8').trim()).toBe(pem.trim());
});

const who = ['--certificate-identity', 'user@example.com'];

test.runIf(found).each([
  ['v1', 'sign-blob', 'verify-blob'],
  ['v2', 'sign-blob', 'verify-blob'],
  ['v1', 'attest-blob', 'verify-blob-attestation'],
  ['v2', 'attest-blob', 'verify-blob-attestation'],
] as const)(
  'keyless with Rekor %s: what cosign makes by %s at the services of tests, both accept',
  async (log, sign, verify) => {
    const directory = temporaryDirectory();
    const services = await serveStack();
    writeFileSync(join(directory, 'artifact'), artifact);
    writeFileSync(join(directory, 'predicate.json'), '{}');
    writeFileSync(join(directory, 'root.json'), services.trustedRoot());
    writeFileSync(join(directory, 'config.json'), services.signingConfig(log));
    const token = services.issuer.issue({ sub: 'user', email: 'user@example.com', email_verified: true });
    const type = 'https://example.com/predicate';
    const attest = sign === 'attest-blob' ? ['--predicate', 'predicate.json', '--type', type] : [];
    const config = [
      '--signing-config',
      'config.json',
      '--trusted-root',
      'root.json',
      '--identity-token',
      token,
      '--yes',
    ];
    expect(await cosign(directory, sign, ...attest, ...config, '--bundle', 'bundle.json', 'artifact')).toMatchObject({
      code: 0,
    });
    expect(services.unanswered).toEqual([]);
    const wanted = sign === 'attest-blob' ? ['--type', type] : [];
    const issuer = ['--certificate-oidc-issuer', services.issuer.url];
    const words = [
      verify,
      ...wanted,
      '--bundle',
      'bundle.json',
      '--trusted-root',
      'root.json',
      ...who,
      ...issuer,
      'artifact',
    ];
    expect(await cosign(directory, ...words)).toMatchObject({ code: 0 });
    expect(await plimsoll(directory, ...words)).toEqual({ code: 0, stderr: 'Verified OK\n' });
  },
);

/** An image in a registry of ours, and keys of cosign, in a directory. */
async function imageWorkplace() {
  const directory = temporaryDirectory();
  const registry = await startRegistry();
  const image = buildImage({ layers: [[{ path: 'a' }]] });
  await registry.put('app', '1', image);
  await cosign(directory, 'generate-key-pair');
  await cosign(directory, 'signing-config', 'create', '--out', 'none.json');
  return { directory, registry, name: `${registry.host}/app:1` };
}

const layouts: Readonly<Record<string, readonly string[]>> = {
  bundle: ['--signing-config', 'none.json'],
  legacy: ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'],
};

test.runIf(found).each(Object.entries(layouts))('an image that cosign signed with a key, as %s', async (_, flags) => {
  const { directory, name } = await imageWorkplace();
  const signing = [...flags, '--key', 'cosign.key', '--yes', '-a', 'env=prod'];
  expect(await cosign(directory, 'sign', ...signing, name)).toMatchObject({ code: 0 });
  const verify = ['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', '-a', 'env=prod', name];
  expect(await cosign(directory, ...verify)).toMatchObject({ code: 0 });
  expect(await plimsoll(directory, ...verify)).toMatchObject({ code: 0 });
  const other = ['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', '-a', 'env=dev', name];
  const [theirs, ours] = [await cosign(directory, ...other), await plimsoll(directory, ...other)];
  expect(ours.code).toBe(theirs.code);
});

test.runIf(found)('exit codes without signatures, and without the tag, are those of cosign', async () => {
  const { directory, name } = await imageWorkplace();
  for (const image of [name, `${name}x`]) {
    const words = ['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', image];
    const [theirs, ours] = [await cosign(directory, ...words), await plimsoll(directory, ...words)];
    expect(ours.code).toBe(theirs.code);
  }
});

test.runIf(found).each(['v1', 'v2'] as const)('an image signed and attested keyless with Rekor %s', async (log) => {
  const { directory, name } = await imageWorkplace();
  const services = await serveStack();
  writeFileSync(join(directory, 'predicate.json'), '{}');
  writeFileSync(join(directory, 'root.json'), services.trustedRoot());
  writeFileSync(join(directory, 'config.json'), services.signingConfig(log));
  const token = services.issuer.issue({ sub: 'user', email: 'user@example.com', email_verified: true });
  const config = ['--signing-config', 'config.json', '--trusted-root', 'root.json', '--identity-token', token, '--yes'];
  const type = ['--type', 'https://example.com/predicate'];
  expect(await cosign(directory, 'sign', ...config, name)).toMatchObject({ code: 0 });
  expect(await cosign(directory, 'attest', '--predicate', 'predicate.json', ...type, ...config, name)).toMatchObject({
    code: 0,
  });
  const proof = [...who, '--certificate-oidc-issuer', services.issuer.url, '--trusted-root', 'root.json'];
  for (const words of [
    ['verify', ...proof, name],
    ['verify-attestation', ...type, ...proof, name],
  ]) {
    expect(await cosign(directory, ...words)).toMatchObject({ code: 0 });
    expect(await plimsoll(directory, ...words)).toMatchObject({ code: 0 });
  }
  expect(await cosign(directory, 'save', '--dir', 'saved', name)).toMatchObject({ code: 0 });
  const saved = ['verify', ...proof, '--local-image', join(directory, 'saved')];
  expect(await cosign(directory, ...saved)).toMatchObject({ code: 0 });
  expect(await plimsoll(directory, ...saved)).toMatchObject({ code: 0 });
});

test.runIf(found)('a saved directory in the older layout', async () => {
  const { directory, name } = await imageWorkplace();
  const signing = [...(layouts['legacy'] ?? []), '--key', 'cosign.key', '--yes'];
  expect(await cosign(directory, 'sign', ...signing, name)).toMatchObject({ code: 0 });
  expect(await cosign(directory, 'save', '--dir', 'saved', name)).toMatchObject({ code: 0 });
  const words = ['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', '--local-image', join(directory, 'saved')];
  expect(await plimsoll(directory, ...words)).toMatchObject({ code: 0 });
});

test.runIf(found).each(['v1', 'v2'] as const)('what we sign keyless with Rekor %s, cosign accepts', async (log) => {
  const directory = temporaryDirectory();
  const services = await serveStack();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('root.json'), services.trustedRoot());
  writeFileSync(at('config.json'), services.signingConfig(log));
  const token = services.issuer.issue({ sub: 'user', email: 'user@example.com', email_verified: true });
  const files = [
    '--bundle',
    at('bundle.json'),
    '--trusted-root',
    at('root.json'),
    '--signing-config',
    at('config.json'),
  ];
  const host = makeHost(['sign-bundle', '--identity-token', token, ...files, at('artifact')], {
    environment: { HOME: directory },
  });
  expect({ code: await runProgram(host), stderr: host.stderr.text() }).toEqual({ code: 0, stderr: '' });
  const issuer = ['--certificate-oidc-issuer', services.issuer.url];
  const words = [
    'verify-blob',
    '--bundle',
    'bundle.json',
    '--trusted-root',
    'root.json',
    ...who,
    ...issuer,
    'artifact',
  ];
  expect(await cosign(directory, ...words)).toMatchObject({ code: 0 });
});

test.runIf(found)(
  'cosign initializes itself from a TUF repository of tests, and then trusts its services',
  async () => {
    const directory = workplace({});
    const repository = makeTufRepository({ 'trusted_root.json': stack.trustedRoot() });
    const host = await startHttp(listen([repository.service('/tuf/')], []));
    writeFileSync(join(directory, 'first-root.json'), repository.root);
    const initialize = ['initialize', '--mirror', `http://${host}/tuf`, '--root', 'first-root.json'];
    expect(await cosign(directory, ...initialize)).toMatchObject({ code: 0 });
    const issuer = ['--certificate-oidc-issuer', 'https://issuer.example.com'];
    const words = ['verify-blob', '--bundle', 'bundle.json', ...who, ...issuer, 'artifact'];
    expect(await cosign(directory, ...words)).toMatchObject({ code: 0 });
  },
);
