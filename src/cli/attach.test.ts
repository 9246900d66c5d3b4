import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SigningPlace, signingPlace, signingServices, writeKeys } from '../../testkit/signing.ts';

const noLog = ['--use-signing-config=false', '--tlog-upload=false'];
const byKey = ['--key', 'own.pub', '--insecure-ignore-tlog'];
const type = ['--type', 'https://example.com/own'];

async function place(): Promise<SigningPlace> {
  const made = await signingPlace();
  await writeKeys(made, 'own');
  writeFileSync(made.at('predicate.txt'), '{"a":1}');
  return made;
}

async function manifest({ registry, image }: SigningPlace, suffix: string) {
  const tag = `${image.manifest.digest.replace(':', '-')}.${suffix}`;
  const response = await fetch(`http://${registry.host}/v2/app/manifests/${tag}`);
  return (await response.json()) as { config: { mediaType: string }; layers: { mediaType: string }[] };
}

test.each([
  [['--sbom', 'sbom.json'], 'text/spdx+json'],
  [['--sbom', 'sbom.txt'], 'text/spdx'],
  [['--sbom', 'sbom.txt', '--input-format', 'json'], 'text/spdx+json'],
  [['--sbom', 'sbom.json', '--type', 'cyclonedx'], 'application/vnd.cyclonedx+json'],
  [['--sbom', 'sbom.txt', '--type', 'cyclonedx'], 'application/vnd.cyclonedx+xml'],
  [['--sbom', 'sbom.txt', '--type', 'syft'], 'application/vnd.syft+json'],
])('an SBOM lies under its tag: attach sbom %j', async (flags, mediaType) => {
  const at = await place();
  for (const name of ['sbom.json', 'sbom.txt']) writeFileSync(at.at(name), '{}');
  const { code, stderr } = await at.run(['cosign', 'attach', 'sbom', ...flags, at.name]);
  expect(code).toBe(0);
  expect(stderr).toContain('WARNING: Attaching SBOMs this way does not sign them.');
  expect(stderr).toContain(`with mediaType [${mediaType}].`);
  expect((await manifest(at, 'sbom')).layers).toEqual([expect.objectContaining({ mediaType })]);
});

test('an SBOM in a manifest that refers to its image', async () => {
  const at = await place();
  writeFileSync(at.at('sbom.json'), '{}');
  const words = ['attach', 'sbom', '--sbom', 'sbom.json', '--registry-referrers-mode', 'oci-1-1', at.name];
  expect(await at.run(words)).toMatchObject({ code: 1, stderr: expect.stringContaining('CLI_REFERRERS_MODE') });
  expect(await at.run(words, { environment: { COSIGN_EXPERIMENTAL: '1' } })).toMatchObject({ code: 0 });
  const { digest } = at.image.manifest;
  const listed = await fetch(`http://${at.registry.host}/v2/app/referrers/${digest}`);
  expect(await listed.json()).toMatchObject({
    manifests: [{ artifactType: 'application/vnd.dev.cosign.artifact.sbom.v1+json' }],
  });
});

test('a bundle that was kept in a file is put beside the image, as signature or as attestation', async () => {
  const at = await place();
  const kept = ['--bundle', 'bundle.json', ...noLog];
  await at.run(['sign', '--key', 'own.key', '--upload=false', ...kept, at.name]);
  expect(await at.run(['attach', 'signature', '--bundle', 'bundle.json', at.name])).toMatchObject({ code: 0 });
  expect(await at.run(['verify', ...byKey, at.name])).toMatchObject({ code: 0 });
  const claim = ['--predicate', 'predicate.txt', ...type];
  await at.run(['attest', '--key', 'own.key', '--no-upload', ...claim, ...kept, at.name]);
  expect(await at.run(['attach', 'attestation', '--attestation', 'bundle.json', at.name])).toMatchObject({ code: 0 });
  expect(await at.run(['verify-attestation', ...byKey, ...type, at.name])).toMatchObject({ code: 0 });
});

test('envelopes are attached as lines of JSON', async () => {
  const at = await place();
  const attest = ['attest-blob', '--key', 'own.key', '--predicate', 'predicate.txt', ...type, ...noLog];
  const hash = ['--hash', at.image.manifest.digest.slice(7), '--new-bundle-format=false'];
  const one = await at.run([...attest, ...hash, 'app']);
  writeFileSync(at.at('lines.json'), one.stdout + one.stdout.replace('\n', '\n\n'));
  expect(await at.run(['attach', 'attestation', '--attestation', 'lines.json', at.name])).toMatchObject({ code: 0 });
  writeFileSync(at.at('wide.json'), JSON.stringify(JSON.parse(one.stdout), undefined, 2));
  expect(await at.run(['attach', 'attestation', '--attestation', 'wide.json', at.name])).toMatchObject({ code: 0 });
  expect(await at.run(['verify-attestation', ...byKey, ...type, at.name])).toMatchObject({ code: 0 });
  writeFileSync(at.at('empty.json'), '\n');
  expect(await at.run(['attach', 'attestation', '--attestation', 'empty.json', at.name])).toMatchObject({
    stderr: expect.stringContaining('SIGN_NOTHING_TO_ATTACH'),
  });
});

test('a signature with all that proves it is attached', async () => {
  const at = await place();
  const { url, token, trust, who } = await signingServices(at, 'v1');
  const addresses = ['--fulcio-url', url, '--rekor-url', url, '--timestamp-server-url', `${url}/api/v1/timestamp`];
  const old = ['--use-signing-config=false', '--new-bundle-format=false', '--upload=false', '--yes', ...trust];
  const files = [
    '--output-signature',
    'out.sig',
    '--output-payload',
    'payload.json',
    '--output-certificate',
    'out.crt',
  ];
  const words = ['sign', ...old, ...addresses, ...token, ...files, '--bundle', 'bundle.json'];
  expect(await at.run([...words, at.name])).toMatchObject({ code: 0 });
  const parts = ['--payload', 'payload.json', '--signature', 'out.sig', '--certificate', 'out.crt'];
  const attach = ['attach', 'signature', ...parts, '--rekor-response', 'bundle.json', at.name];
  expect(await at.run(attach)).toMatchObject({ code: 0 });
  expect(await at.run(['verify', ...who, at.name])).toMatchObject({ code: 0 });
});

test('a signature over what cosign signs needs no payload; chain and stamp are put beside it', async () => {
  const at = await place();
  const files = ['--upload=false', '--output-signature', 'out.sig'];
  await at.run(['sign', '--key', 'own.key', ...noLog, '--new-bundle-format=false', ...files, at.name]);
  writeFileSync(at.at('stamp.txt'), 'stamp');
  writeFileSync(at.at('own.crt'), 'certificate');
  const more = ['--tsr', 'stamp.txt', '--certificate', 'own.crt', '--certificate-chain', 'own.crt'];
  expect(await at.run(['attach', 'signature', '--signature', 'out.sig', at.name])).toMatchObject({ code: 0 });
  expect(await at.run(['verify', ...byKey, at.name])).toMatchObject({ code: 0 });
  expect(await at.run(['attach', 'signature', '--signature', 'out.sig', ...more, at.name])).toMatchObject({ code: 0 });
  expect((await manifest(at, 'sig')).layers).toHaveLength(2);
  expect(readFileSync(at.at('out.sig'), 'utf8')).not.toContain('\n');
});

test.each([
  [['sbom'], 'CLI_ATTACHMENT_MISSING'],
  [['attestation'], 'CLI_ATTACHMENT_MISSING'],
  [['sbom', '--sbom', 'sbom.json', '--input-format', 'xml'], 'CLI_SBOM_FORMAT'],
  [['signature'], 'SIGN_NOTHING_TO_ATTACH'],
  [['signature', '--bundle', 'message.json'], 'SIGN_BUNDLE_NO_STATEMENT'],
])('attach %j is refused with %s', async (words, code) => {
  const at = await place();
  writeFileSync(at.at('sbom.json'), '{}');
  await at.run(['sign-blob', '--key', 'own.key', ...noLog, '--bundle', 'message.json', 'predicate.txt']);
  const ended = await at.run(['attach', ...words, at.name]);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining(`[${code}]`) });
});
