import { type BuiltImage, buildImage } from '../../testkit/image.ts';
import type { TestRegistry } from '../../testkit/registry.ts';
import { putSigned } from '../../testkit/signed-image.ts';
import type { TestKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import {
  makeStack,
  type SignRequest,
  signBundle,
  statementAbout,
  type TestStack,
} from '../../testkit/sigstore/stack.ts';

/** Services that a minute ago signed what tests judge. */
export const stack: TestStack = makeStack(new Date(Date.now() - 60_000));
export const issuerUrl = 'https://github.com/login/oauth';

const predicateType = 'https://sigstore.dev/cosign/sign/v1';

/** An image with one file, which is its name. */
export function imageNamed(name: string): BuiltImage {
  return buildImage({ layers: [[{ path: name }]] });
}

/** Puts an image at `org/NAME:1`, signed keylessly by somebody; resolves to it. */
export async function putKeyless(
  registry: TestRegistry,
  name: string,
  {
    email = 'dev@org.com',
    issuer = issuerUrl,
    ...more
  }: Partial<SignRequest> & { email?: string; issuer?: string } = {},
): Promise<BuiltImage> {
  const image = imageNamed(name);
  const artifact = image.manifest.bytes;
  const statement = statementAbout(artifact, { predicateType });
  const identity = { names: [{ kind: 'email', value: email }], issuer } as const;
  const { bundle } = signBundle(stack, { artifact, content: 'statement', statement, identity, ...more });
  await putSigned(registry, [`org/${name}`, '1'], image, { bundles: [bundle] });
  return image;
}

/** Puts an image at `org/NAME:1`, signed with a key in cosign's older layout. */
export async function putKeyed(
  registry: TestRegistry,
  name: string,
  { key, log }: { readonly key: TestKey; readonly log: 'v1' | 'none' },
): Promise<BuiltImage> {
  const image = imageNamed(name);
  const layer = signLegacy(stack, { digest: image.manifest.digest, kind: 'signature', key, log });
  await putSigned(registry, [`org/${name}`, '1'], image, { layers: [layer] });
  return image;
}

export async function putUnsigned(registry: TestRegistry, name: string): Promise<BuiltImage> {
  const image = imageNamed(name);
  await registry.put(`org/${name}`, '1', image);
  return image;
}
