import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { type SigningPlace, signingPlace, signingServices, writeKeys } from '../../testkit/signing.ts';
import { prepareWay, signingWays } from '../../testkit/signing-matrix.ts';
import { programs } from '../../testkit/signing-programs.ts';

const found = await hasPeer('cosign');

const signers = ['ours', 'cosign'] as const;
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const legacy = [...noLog, '--new-bundle-format=false'];

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

async function workplace(): Promise<SigningPlace> {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  writeFileSync(place.at('artifact.txt'), 'the artifact');
  return place;
}

/** Of every way to sign, one for each layout and log; cosign-matrix.test.ts has the keys. */
const ways = signingWays.filter(
  ({ signer, log }) => signer === 'keyless' || (signer === 'ecdsa-p256' && log === 'none'),
);

test.runIf(found).each(signers.flatMap((by) => ways.map((way) => ({ by, ...way }))))(
  'attestations of every type that $by makes with $signer, log $log, as $layout, both verify',
  async ({ by, ...way }) => {
    const place = await workplace();
    const flags = await prepareWay(place, way);
    for (const [type, predicate] of Object.entries(predicates)) {
      writeFileSync(place.at('predicate.txt'), predicate);
      const claim = ['--type', type, '--predicate', 'predicate.txt'];
      const made = await programs[by](place, ['attest', ...claim, ...flags.sign, place.name]);
      // The predicate of the type spdx is a text, which cosign cannot read again; where services took part it tries to.
      const isKept = !(type === 'spdx' && by === 'cosign' && way.log !== 'none');
      expect({ type, ...made }).toMatchObject({ type, code: isKept ? 0 : 1 });
      if (!isKept) continue;
      const asked = ['verify-attestation', ...flags.verify, '--type', type, place.name];
      expect({ type, ...(await programs.ours(place, asked)) }).toMatchObject({ type, code: 0 });
      const code = type === 'spdx' ? 1 : 0;
      expect({ type, ...(await programs.cosign(place, asked)) }).toMatchObject({ type, code });
    }
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
  const flags = [...legacy, '--bundle', 'old.json'];
  expect(await programs[signer](place, ['sign-blob', '--key', 'own.key', ...flags, 'artifact.txt'])).toMatchObject({
    code: 0,
  });
  const asked = ['verify-blob', '--key', 'own.pub', '--insecure-ignore-tlog', '--bundle', 'old.json', 'artifact.txt'];
  for (const verify of Object.values(programs)) {
    const more = verify === programs.cosign ? ['--new-bundle-format=false'] : [];
    expect(await verify(place, [...asked, ...more])).toMatchObject({ code: 0 });
  }
});
