import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { serveStack } from '../../testkit/sigstore/http/serve.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { rekorBundle, signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack, type SignRequest, signBundle } from '../../testkit/sigstore/stack.ts';
import { formatBundle } from '../envelope/index.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const artifact = Buffer.from('the artifact');
const who = ['--certificate-identity', 'user@example.com', '--certificate-oidc-issuer'];

async function run(args: readonly string[]) {
  const host = makeHost(args, { environment: { HOME: temporaryDirectory() } });
  const code = await runProgram(host);
  return { code, stdout: host.stdout.text(), stderr: host.stderr.text() };
}

function place(bundle?: unknown): (name: string) => string {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('root.json'), stack.trustedRoot());
  if (bundle !== undefined) writeFileSync(at('old.json'), JSON.stringify(bundle));
  return at;
}

function bundleOf(request: Partial<SignRequest>) {
  return JSON.parse(formatBundle(signBundle(stack, { artifact, content: 'message', ...request }).bundle));
}

test('a bundle of version 0.2 with a chain is upgraded, and holds', async () => {
  const old = bundleOf({ version: '0.2' });
  const { certificate, ...material } = old.verificationMaterial;
  const chain = { certificates: [certificate, { rawBytes: stack.authority.root.der.toString('base64') }] };
  const at = place({ ...old, verificationMaterial: { ...material, x509CertificateChain: chain } });
  expect(await run(['cosign', 'bundle', 'upgrade', '--out', at('new.json'), at('old.json')])).toMatchObject({
    code: 0,
  });
  const verify = ['verify-blob', '--bundle', at('new.json'), '--trusted-root', at('root.json'), ...who];
  expect((await run([...verify, 'https://issuer.example.com', at('artifact')])).stderr).toBe('Verified OK\n');
  const { stdout } = await run(['sigstore-bundle', 'upgrade', at('new.json')]);
  expect(JSON.parse(stdout).verificationMaterial.certificate).toEqual(certificate);
});

/** A signature of cosign 2 in the log of a served stack: the entry has a promise and no proof. */
async function legacyPlace() {
  const services = await serveStack();
  const at = place();
  writeFileSync(at('root.json'), services.trustedRoot());
  writeFileSync(at('config.json'), services.signingConfig('v1'));
  const token = services.issuer.issue({ sub: 'user', email: 'user@example.com', email_verified: true });
  const flags = ['--signing-config', at('config.json'), '--trusted-root', at('root.json'), '--bundle', at('made.json')];
  expect((await run(['sign-bundle', '--identity-token', token, ...flags, at('artifact')])).code).toBe(0);
  return { services, at };
}

test('proofs that a bundle lacks are asked of the log', async () => {
  const { services, at } = await legacyPlace();
  const made = JSON.parse(readFileSync(at('made.json'), 'utf8'));
  const [entry] = made.verificationMaterial.tlogEntries;
  const { inclusionProof: _, ...rest } = entry;
  const mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.1';
  const old = { ...made, mediaType, verificationMaterial: { ...made.verificationMaterial, tlogEntries: [rest] } };
  writeFileSync(at('old.json'), JSON.stringify(old));
  const upgrade = ['sigstore-bundle', 'upgrade', '--rekor-url', services.url];
  expect(await run([...upgrade, '--out', at('new.json'), at('old.json')])).toMatchObject({ code: 0 });
  const verify = ['verify-blob', '--bundle', at('new.json'), '--trusted-root', at('root.json'), ...who];
  expect((await run([...verify, services.issuer.url, at('artifact')])).stderr).toBe('Verified OK\n');
  const changed = { ...rest, canonicalizedBody: Buffer.from('{}').toString('base64') };
  const material = { ...made.verificationMaterial, tlogEntries: [changed] };
  writeFileSync(at('old.json'), JSON.stringify({ ...old, verificationMaterial: material }));
  expect((await run([...upgrade, at('old.json')])).stderr).toContain('TRUST_SERVICE_INVALID');
});

test('a bundle of cosign 2 becomes one of version 3', async () => {
  const { services, at } = await legacyPlace();
  const made = JSON.parse(readFileSync(at('made.json'), 'utf8'));
  const { certificate, tlogEntries } = made.verificationMaterial;
  const [entry] = tlogEntries;
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate.rawBytes}\n-----END CERTIFICATE-----\n`;
  const rekor = rekorBundle({
    logIndex: Number(entry.logIndex),
    logId: Buffer.from(entry.logId.keyId, 'base64'),
    kind: '',
    version: '',
    integratedTime: Number(entry.integratedTime),
    promise: Buffer.from(entry.inclusionPromise.signedEntryTimestamp, 'base64'),
    body: Buffer.from(entry.canonicalizedBody, 'base64'),
  });
  const old = {
    base64Signature: made.messageSignature.signature,
    cert: Buffer.from(pem).toString('base64'),
    rekorBundle: rekor,
  };
  writeFileSync(at('old.json'), JSON.stringify(old));
  const create = ['cosign', 'bundle', 'create', '--artifact', at('artifact'), '--bundle', at('old.json')];
  const out = ['--rekor-url', services.url, '--out', at('new.json')];
  expect(await run([...create, ...out])).toMatchObject({ code: 0 });
  const verify = ['verify-blob', '--bundle', at('new.json'), '--trusted-root', at('root.json'), ...who];
  expect((await run([...verify, services.issuer.url, at('artifact')])).stderr).toBe('Verified OK\n');
});

test('signature, certificate and stamp in files of their own become a bundle', async () => {
  const key = makeKey();
  const at = place();
  const signature = key.sign(artifact);
  const stamp = stack.timestamps.stamp(signature, stack.at);
  writeFileSync(at('signature'), `${signature.toString('base64')}\n`);
  writeFileSync(at('key.pub'), key.pem);
  writeFileSync(at('stamp.json'), JSON.stringify({ SignedRFC3161Timestamp: stamp.toString('base64') }));
  const files = ['--signature', at('signature'), '--rfc3161-timestamp', at('stamp.json'), '--ignore-tlog'];
  const create = ['sigstore-bundle', 'create', '--artifact', at('artifact'), ...files];
  expect((await run(create)).stderr).toContain('ENVELOPE_BUNDLE_INCOMPLETE');
  expect(await run([...create, '--key', at('key.pub'), '--out', at('new.json')])).toMatchObject({ code: 0 });
  const flags = ['--key', at('key.pub'), '--insecure-ignore-tlog', '--trusted-root', at('root.json')];
  const verify = ['verify-blob', '--bundle', at('new.json'), ...flags, at('artifact')];
  expect((await run(verify)).stderr).toBe('Verified OK\n');
});

test('an attestation becomes a bundle, also where it stands for the signature', async () => {
  const key = makeKey();
  const at = place();
  const digest = `sha256:${'0'.repeat(64)}`;
  const { blob } = signLegacy(stack, { digest, kind: 'attestation', key, log: 'none' });
  writeFileSync(at('attestation'), blob);
  writeFileSync(at('signature'), blob.toString('base64'));
  writeFileSync(at('key.pub'), key.pem);
  for (const flag of ['attestation', 'signature']) {
    const flags = ['--artifact', at('artifact'), `--${flag}`, at(flag), '--key', at('key.pub')];
    const { stdout } = await run(['sigstore-bundle', 'create', ...flags]);
    expect(JSON.parse(stdout)).toMatchObject({ dsseEnvelope: { payloadType: 'application/vnd.in-toto+json' } });
  }
  const create = ['cosign', 'bundle', 'create'];
  expect((await run(create)).stderr).toContain('Error: must supply --artifact\n');
  expect((await run([...create, '--artifact', at('artifact')])).stderr).toContain('must at least supply signature');
});

test.each<Partial<SignRequest>>([{ log: 'v1' }, { log: 'v2', content: 'statement' }, { log: 'none', key: makeKey() }])(
  'inspect tells what a bundle says, and that it checks nothing: $log',
  async (request) => {
    const at = place(bundleOf(request));
    const { code, stdout, stderr } = await run(['cosign', 'bundle', 'inspect', at('old.json')]);
    expect(code).toBe(0);
    expect(stderr).toContain('WARNING: This command only inspects the contents of the bundle.\n');
    expect(stdout).toContain(request.key === undefined ? '  - email: user@example.com' : '- Hint: ');
    expect(stdout).toContain(
      request.content === 'statement' ? '- Predicate Type: https://' : '- Message Digest: sha256:',
    );
    const json = await run(['sigstore-bundle', 'inspect', '--format', 'json', at('old.json')]);
    expect(JSON.parse(json.stdout)[0]).toEqual({ name: 'Bundle Version', value: '0.3' });
  },
);
