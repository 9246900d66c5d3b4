import { join } from 'node:path';
import { makeContext } from '../../../src/app/index.ts';
import { type Digest, parseImageReference } from '../../../src/core/index.ts';
import { type BuiltImage, blobsOf } from '../../../testkit/image.ts';
import { makeTaskApi, makeUnsigned } from '../image/layers.ts';
import type { Stage, Step } from '../step.ts';

export const push: Step = {
  title: 'Build an image of three layers and push it',
  run: (stage) => pushImage(stage, stage.image, makeTaskApi()),
};

/** The last step needs one that nobody has signed. */
export const pushUnsigned: Step = {
  title: 'Push another image, which nobody signs',
  run: (stage) => pushImage(stage, stage.unsigned, makeUnsigned()),
};

async function pushImage({ out, say }: Stage, name: string, built: BuiltImage): Promise<void> {
  const reference = parseImageReference(name);
  const client = await makeContext({ cacheDir: join(out, 'cache') }).registry();
  const repository = client.repository(reference);
  for (const { digest, bytes } of blobsOf(built).slice(0, -1)) {
    await repository.pushBlob({ digest: digest as Digest, size: bytes.length, open: () => bytes });
  }
  const { bytes, mediaType, digest } = built.manifest;
  await repository.pushManifest({ reference: reference.tag ?? digest, bytes, mediaType });
  say(`${name}@${digest}`);
}
