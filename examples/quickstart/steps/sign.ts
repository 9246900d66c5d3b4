import { join } from 'node:path';
import { expectCode } from '../expect-code.ts';
import { makeTaskApi } from '../image/layers.ts';
import type { Stage, Step } from '../step.ts';
import { developer } from './sigstore.ts';

export const signWithKey: Step = {
  title: 'Sign it with a key, and verify that',
  async run(stage) {
    const { out, plimsoll } = stage;
    const key = join(out, 'cosign');
    await expectCode('key pair', 0, plimsoll(['generate-key-pair', '--output-key-prefix', key]));
    await sign(stage, ['--key', `${key}.key`]);
    await verify(stage, ['--key', `${key}.pub`], 'verified-key.json');
  },
};

export const signKeyless: Step = {
  title: 'Sign it as a person, without a key to keep, and verify who that was',
  async run(stage) {
    await sign(stage, ['--yes', '--identity-token', join(stage.out, 'token')]);
    await verify(
      stage,
      ['--certificate-identity', developer, '--certificate-oidc-issuer', stage.sigstore.issuer],
      'verified-person.json',
    );
  },
};

/** In place of Sigstore's public services those of the example are used. */
function sign({ out, image, plimsoll }: Stage, words: readonly string[]): Promise<void> {
  const services = ['--signing-config', join(out, 'signing_config.json')];
  return expectCode(
    'sign',
    0,
    plimsoll(['sign', ...words, ...services, ...trust(out), `${image}@${makeTaskApi().manifest.digest}`]),
  );
}

/** Who signed, when and in which log is left in a file. */
function verify({ out, image, plimsoll }: Stage, words: readonly string[], file: string): Promise<void> {
  return expectCode('verify', 0, plimsoll(['verify', ...words, ...trust(out), image], join(out, file)));
}

function trust(out: string): string[] {
  return ['--trusted-root', join(out, 'trusted_root.json')];
}
