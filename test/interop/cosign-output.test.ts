import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { signingPlace } from '../../testkit/signing.ts';
import { prepareWay, signingWays } from '../../testkit/signing-matrix.ts';
import { programs } from '../../testkit/signing-programs.ts';

const found = await hasPeer('cosign');
const ways = signingWays.filter(({ signer }) => signer === 'keyless' || signer === 'ecdsa-p256');

test
  .runIf(found)
  .each(ways.flatMap((way) => [[], ['-a', 'env=prod', '-a', 'a=1']].map((notes) => ({ ...way, notes }))))(
  'the standard output of verify is that of cosign: $signer, log $log, as $layout, $notes',
  async ({ notes, ...way }) => {
    const place = await signingPlace();
    const flags = await prepareWay(place, way);
    const image = `${place.name.replace(/:1$/, '')}@${place.image.manifest.digest}`;
    expect(await programs.cosign(place, ['sign', ...flags.sign, ...notes, image])).toMatchObject({ code: 0 });
    for (const output of [[], ['--output', 'text']]) {
      const words = ['verify', ...flags.verify, ...output, image];
      const theirs = await programs.cosign(place, words);
      expect((await programs.ours(place, words)).stdout).toBe(theirs.stdout);
    }
  },
);
