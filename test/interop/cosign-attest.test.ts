import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { type SigningPlace, signingPlace, signingServices, writeKeys } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';

const found = await hasPeer('cosign');

const signers = ['ours', 'cosign'] as const;
const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const;
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;
const digests = { 'ecdsa-p256': [], rsa: [], ed25519: [], 'ecdsa-p384': ['sha384'], 'ecdsa-p521': ['sha512'] };

const predicates: Readonly<Record<string, string>> = {
  custom: 'anything',
  slsaprovenance: '{"builder":{"id":"b"},"buildType":"t"}',
  slsaprovenance02: '{"builder":{"id":"b"},"buildType":"t"}',
  slsaprovenance1: '{"buildDefinition":{"buildType":"t"},"runDetails":{"builder":{"id":"b"}}}',
  link: '{"_type":"link","name":"n","materials":{},"products":{},"byproducts":{},"command":[],"environment":{}}',
  spdx: 'SPDXVersion: SPDX-2.3',
  spdxjson: '{"spdxVersion":"SPDX-2.3"}',
  cyclonedx: '{"bomFormat":"CycloneDX"}',
  vuln: '{"invocation":{"uri":"u"},"scanner":{"uri":"s"},"metadata":{"scanStartedOn":"2026-01-01T00:00:00Z"}}',
  openvex: '{"author":"me"}',
  'https://example.com/own': '{"a":1}',
};

const hashOf = (kind: (typeof kinds)[number]): string[] =>
  digests[kind].flatMap((name) => ['--signature-digest-algorithm', name]);

/** cosign signs by Ed25519ph and checks by Ed25519, and so refuses what itself has signed. */
const isRefused = (kind: string, signer: string): boolean => kind === 'ed25519' && signer === 'cosign';

async function workplace(kind: (typeof kinds)[number] = 'ecdsa-p256'): Promise<SigningPlace> {
  const place = await signingPlace();
  await writeKeys(place, 'own', kind);
  writeFileSync(place.at('artifact.txt'), 'the artifact');
  return place;
}

test
  .runIf(found)
  .each(signers.flatMap((signer) => Object.entries(layouts).map(([layout, flags]) => ({ signer, layout, flags }))))(
  'attestations of every type that $signer makes as $layout, both verify',
  async ({ signer, flags }) => {
    const place = await workplace();
    for (const [type, predicate] of Object.entries(predicates)) {
      writeFileSync(place.at('predicate.txt'), predicate);
      const claim = ['--type', type, '--predicate', 'predicate.txt'];
      const words = ['attest', '--key', 'own.key', ...claim, ...flags, place.name];
      expect(await programs[signer](place, words)).toMatchObject({ code: 0 });
      const asked = ['verify-attestation', '--key', 'own.pub', '--insecure-ignore-tlog', '--type', type, place.name];
      expect({ type, ...(await programs.ours(place, asked)) }).toMatchObject({ type, code: 0 });
      // The predicate of the type spdx is a text, which cosign cannot read again.
      const code = type === 'spdx' ? 1 : 0;
      expect({ type, ...(await programs.cosign(place, asked)) }).toMatchObject({ type, code });
    }
  },
);

const matrix = signers.flatMap((signer) =>
  kinds.flatMap((kind) => Object.entries(layouts).map(([layout, flags]) => ({ signer, kind, layout, flags }))),
);

test.runIf(found).each(matrix)(
  'an attestation that $signer makes with a key of $kind as $layout, both verify',
  async ({ signer, kind, flags }) => {
    const place = await workplace(kind);
    writeFileSync(place.at('predicate.txt'), '{"a":1}');
    const type = ['--type', 'https://example.com/own'];
    const words = ['attest', '--key', 'own.key', ...type, '--predicate', 'predicate.txt', ...flags, place.name];
    expect(await programs[signer](place, words)).toMatchObject({ code: 0 });
    const asked = ['verify-attestation', '--key', 'own.pub', '--insecure-ignore-tlog', ...type];
    expect(await programs.ours(place, [...asked, place.name])).toMatchObject({ code: 0 });
    const theirs = await programs.cosign(place, [...asked, ...hashOf(kind), place.name]);
    expect(theirs.code === 0).toBe(!isRefused(kind, signer));
  },
);

test.runIf(found).each(signers.flatMap((signer) => kinds.map((kind) => ({ signer, kind }))))(
  'a file, and a statement about it, that $signer signs with a key of $kind, both verify',
  async ({ signer, kind }) => {
    const place = await workplace(kind);
    writeFileSync(place.at('predicate.txt'), '{"a":1}');
    const type = ['--type', 'https://example.com/own'];
    const rest = ['--key', 'own.key', ...noLog, '--bundle', 'bundle.json', 'artifact.txt'];
    const verify = ['--key', 'own.pub', '--insecure-ignore-tlog', '--bundle', 'bundle.json', 'artifact.txt'];
    const hash = hashOf(kind);
    expect(await programs[signer](place, ['sign-blob', ...rest])).toMatchObject({ code: 0 });
    expect(await programs.ours(place, ['verify-blob', ...verify])).toMatchObject({ code: 0 });
    const blob = await programs.cosign(place, ['verify-blob', ...hash, ...verify]);
    // cosign asks for the digest of an artifact that Ed25519 has none of.
    expect(blob.code === 0).toBe(kind !== 'ed25519');
    const attest = ['attest-blob', '--predicate', 'predicate.txt', ...type, ...rest];
    expect(await programs[signer](place, attest)).toMatchObject({ code: 0 });
    expect(await programs.ours(place, ['verify-blob-attestation', ...type, ...verify])).toMatchObject({ code: 0 });
    const theirs = await programs.cosign(place, ['verify-blob-attestation', ...type, ...hash, ...verify]);
    expect(theirs.code === 0).toBe(!isRefused(kind, signer));
  },
);

test.runIf(found).each(signers.flatMap((signer) => (['v1', 'v2'] as const).map((log) => ({ signer, log }))))(
  'keyless with Rekor $log: attestations and files of $signer, both verify',
  async ({ signer, log }) => {
    const place = await workplace();
    const services = await signingServices(place, log);
    writeFileSync(place.at('predicate.txt'), '{"a":1}');
    const type = ['--type', 'https://example.com/own'];
    const signing = [...services.token, ...services.flags];
    const claim = ['--predicate', 'predicate.txt', ...type];
    const sign = programs[signer];
    expect(await sign(place, ['attest', ...claim, ...signing, place.name])).toMatchObject({ code: 0 });
    expect(await sign(place, ['sign-blob', ...signing, '--bundle', 'b.json', 'artifact.txt'])).toMatchObject({
      code: 0,
    });
    const statement = ['attest-blob', ...claim, ...signing, '--bundle', 'a.json', 'artifact.txt'];
    expect(await sign(place, statement)).toMatchObject({ code: 0 });
    for (const verify of Object.values(programs)) {
      const { who } = services;
      expect(await verify(place, ['verify-attestation', ...type, ...who, place.name])).toMatchObject({ code: 0 });
      expect(await verify(place, ['verify-blob', ...who, '--bundle', 'b.json', 'artifact.txt'])).toMatchObject({
        code: 0,
      });
      const asked = ['verify-blob-attestation', ...type, ...who, '--bundle', 'a.json', 'artifact.txt'];
      expect(await verify(place, asked)).toMatchObject({ code: 0 });
    }
    expect(services.unanswered).toEqual([]);
  },
);

test.runIf(found).each(signers)('what %s signs of a file in the form of before, both verify', async (signer) => {
  const place = await workplace();
  const flags = [...layouts.legacy, '--bundle', 'old.json'];
  expect(await programs[signer](place, ['sign-blob', '--key', 'own.key', ...flags, 'artifact.txt'])).toMatchObject({
    code: 0,
  });
  const asked = ['verify-blob', '--key', 'own.pub', '--insecure-ignore-tlog', '--bundle', 'old.json', 'artifact.txt'];
  for (const verify of Object.values(programs)) {
    const more = verify === programs.cosign ? ['--new-bundle-format=false'] : [];
    expect(await verify(place, [...asked, ...more])).toMatchObject({ code: 0 });
  }
});
