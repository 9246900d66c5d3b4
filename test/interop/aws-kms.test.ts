import { expect, test } from 'vitest';
import { startMoto } from '../../testkit/moto.ts';
import { hasPeer, runPeer } from '../../testkit/peer.ts';
import { signingPlace } from '../../testkit/signing.ts';

/** moto, which stands for AWS, and cosign. */
const found = await hasPeer('moto_server');
const theirs = found && (await hasPeer('cosign'));
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;

async function motoPlace() {
  const [place, address] = [await signingPlace(), await startMoto()];
  const environment = {
    AWS_ENDPOINT_URL: address,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    COSIGN_PASSWORD: '',
    HOME: place.directory,
    TUF_ROOT: place.at('tuf'),
  };
  return {
    ...place,
    ours: (words: readonly string[]) => place.run(words, { environment }),
    cosign: (words: readonly string[]) => runPeer('cosign', words, { environment, cwd: place.directory }),
    /** Makes a key of another kind; its ARN. */
    async make(spec: string): Promise<string> {
      const headers = {
        'x-amz-target': 'TrentService.CreateKey',
        authorization: 'AWS4-HMAC-SHA256 Credential=testing/20260101/eu-west-1/kms/aws4_request',
      };
      const body = JSON.stringify({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
      const made = (await (await fetch(address, { method: 'POST', headers, body })).json()) as {
        readonly KeyMetadata: { readonly Arn: string };
      };
      return made.KeyMetadata.Arn;
    },
  };
}

test.runIf(found)('a key is made under an alias, signs an image in both layouts, and verifies it', async () => {
  const { ours, at, name } = await motoPlace();
  const key = 'awskms:///alias/release';
  expect(await ours(['generate-key-pair', '--kms', key, '--output-key-prefix', at('aws')])).toMatchObject({ code: 0 });
  for (const flags of Object.values(layouts)) {
    expect(await ours(['sign', '--key', key, ...flags, name])).toMatchObject({ code: 0 });
  }
  for (const by of [key, 'aws.pub']) {
    expect(await ours(['verify', '--key', by, '--insecure-ignore-tlog', name])).toMatchObject({ code: 0 });
  }
  const missing = await ours(['verify', '--key', 'awskms:///alias/none', '--insecure-ignore-tlog', name]);
  expect(missing.stderr).toContain('TRUST_KMS_KEY_MISSING');
});

test.runIf(found).each(['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'RSA_2048', 'RSA_4096'])(
  'a key of %s signs, named by its ARN',
  async (spec) => {
    const { ours, at, name, make } = await motoPlace();
    const key = `awskms:///${await make(spec)}`;
    expect(await ours(['public-key', '--key', key, '--outfile', at('aws.pub')])).toMatchObject({ code: 0 });
    expect(await ours(['sign', '--key', key, ...noLog, name])).toMatchObject({ code: 0 });
    expect(await ours(['verify', '--key', 'aws.pub', '--insecure-ignore-tlog', name])).toMatchObject({ code: 0 });
  },
);

const matrix = (['ours', 'cosign'] as const).flatMap((signer) =>
  Object.entries(layouts).map(([layout, flags]) => ({ signer, layout, flags })),
);

test.runIf(theirs).each(matrix)('what $signer signs with a key of AWS as $layout, both verify', async (row) => {
  const place = await motoPlace();
  const key = 'awskms:///alias/shared';
  const make = ['generate-key-pair', '--kms', key, '--output-key-prefix', place.at('aws')];
  expect(await place[row.signer](make)).toMatchObject({ code: 0 });
  const signed = await place[row.signer](['sign', '--key', key, ...row.flags, place.name]);
  expect(signed, String(signed.stderr)).toMatchObject({ code: 0 });
  for (const by of [key, 'aws.pub']) {
    const verify = ['verify', '--key', by, '--insecure-ignore-tlog', place.name];
    expect(await place.ours(verify)).toMatchObject({ code: 0 });
    expect(await place.cosign(verify)).toMatchObject({ code: 0 });
  }
});
