import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTcp } from '../../testkit/server.ts';
import { signingPlace } from '../../testkit/signing.ts';
import { prepareWay, type SigningWay } from '../../testkit/signing-matrix.ts';
import { runCli } from './cli.ts';

const type = ['--type', 'https://example.com/own'];

/** An image, an attestation and a file that were signed, and a directory to which a mirror of keys was told that counts who asks it. */
async function workplace(way: SigningWay) {
  const place = await signingPlace();
  const { sign, verify } = await prepareWay(place, way);
  writeFileSync(place.at('artifact.txt'), 'the artifact');
  writeFileSync(place.at('predicate.txt'), '{"a":1}');
  for (const words of [
    ['sign', ...sign, place.name],
    ['attest', ...type, '--predicate', 'predicate.txt', ...sign, place.name],
    ['sign-blob', ...sign, '--bundle', 'bundle.json', 'artifact.txt'],
    ['save', '--dir', place.at('saved'), place.name],
  ]) {
    expect({ words, ...(await place.run(['cosign', ...words])) }).toMatchObject({ words, code: 0 });
  }
  let asked = 0;
  const mirror = await startTcp((socket) => {
    asked++;
    socket.destroy();
  });
  mkdirSync(place.at('tuf'));
  writeFileSync(place.at('tuf/remote.json'), JSON.stringify({ mirror: `http://${mirror}` }));
  const environment = { TUF_ROOT: place.at('tuf') };
  const run = (words: readonly string[]) => runCli(words, { cwd: place.directory, environment });
  return { place, verify, run, asked: () => asked };
}

const ways: readonly SigningWay[] = [
  { signer: 'keyless', log: 'v1', layout: 'bundle' },
  { signer: 'keyless', log: 'v2', layout: 'bundle' },
  { signer: 'keyless', log: 'v1', layout: 'legacy' },
  { signer: 'ecdsa-p256', log: 'v1', layout: 'bundle' },
];

test.each(ways)('$signer, log $log, as $layout: what is stored is verified without a socket', async (way) => {
  const { place, verify, run, asked } = await workplace(way);
  const seen = place.registry.seen.length;
  const offline = ['--offline', ...verify];
  for (const words of [
    ['verify', ...offline, '--local-image', 'saved'],
    ['verify-attestation', ...type, ...offline, '--local-image', 'saved'],
    ['verify-blob', ...offline, '--bundle', 'bundle.json', 'artifact.txt'],
  ]) {
    expect({ words, ...(await run(words)) }).toMatchObject({ words, code: 0 });
  }
  const named = await run(['verify', ...offline, place.name]);
  expect({ code: named.code, told: named.stderr.includes('offline') }).toEqual({ code: 1, told: true });
  expect([place.registry.seen.length, asked()]).toEqual([seen, 0]);
});

test.each(ways)(
  '$signer, log $log, as $layout: of a private registry, nobody but the registry is asked',
  async (way) => {
    const { place, verify, run, asked } = await workplace(way);
    writeFileSync(place.at('config.json'), JSON.stringify({ network: { allow: [place.registry.host] } }));
    const bounded = ['--config', 'config.json', ...verify];
    for (const words of [
      ['verify', ...bounded, place.name],
      ['verify-attestation', ...type, ...bounded, place.name],
    ]) {
      expect({ words, ...(await run(words)) }).toMatchObject({ words, code: 0 });
    }
    expect(asked()).toBe(0);
    writeFileSync(place.at('config.json'), JSON.stringify({ network: { allow: ['registry.example.com'] } }));
    expect((await run(['verify', ...bounded, place.name])).stderr).toContain('NET_HOST_NOT_ALLOWED');
  },
);
