import { join } from 'node:path';
import { makeContext } from '../../../src/app/index.ts';
import { type Digest, parseImageReference } from '../../../src/core/index.ts';
import { blobsOf } from '../../../testkit/image.ts';
import { makeTaskApi } from '../image/layers.ts';
import type { Step } from '../step.ts';

export const push: Step = {
  title: 'Build an image of three layers and push it',
  async run({ out, image, say }) {
    const built = makeTaskApi();
    const client = await makeContext({ cacheDir: join(out, 'cache') }).registry();
    const repository = client.repository(parseImageReference(image));
    for (const { digest, bytes } of blobsOf(built).slice(0, -1)) {
      await repository.pushBlob({ digest: digest as Digest, size: bytes.length, open: () => bytes });
    }
    const { bytes, mediaType, digest } = built.manifest;
    await repository.pushManifest({ reference: '1.0.0', bytes, mediaType });
    say(`${image}@${digest}`);
  },
};
