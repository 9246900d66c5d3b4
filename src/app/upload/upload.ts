import { parseImageReference, repositoryName } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { uploadFiles } from '../../evidence/index.ts';
import { contentTypeOf } from '../../kit/content-type.ts';
import type { AppContext } from '../context.ts';
import type { UploadBlobInput, UploadedBlobs } from './input.ts';

const maxFile = 2048 * 2 ** 20;

/** Puts files into a registry, one as an image and several as an index. @throws CORE_REFERENCE_INVALID, DISK_*, OCI_*, NET_* */
export async function putFiles(input: UploadBlobInput, context: AppContext): Promise<UploadedBlobs> {
  const reference = parseImageReference(input.reference);
  const { tag = 'latest', registry, repository } = reference;
  const read = await Promise.all(
    input.files.map(async ({ path, platform }) => {
      const bytes = await readWhole(path, maxFile);
      const mediaType = input.mediaType ?? contentTypeOf(bytes);
      return { path, bytes, mediaType, ...(platform !== undefined && { platform }) };
    }),
  );
  const client = await context.registry();
  const { signal } = context;
  const uploaded = await uploadFiles(
    client.repository(reference),
    tag,
    { files: read, annotations: { ...input.annotations } },
    signal === undefined ? {} : { signal },
  );
  return {
    name: `${repositoryName(reference)}@${uploaded.digest}`,
    tagged: `${repositoryName(reference)}:${tag}`,
    files: read.map(({ path, mediaType }, index) => ({
      path,
      mediaType,
      address: `${registry}/v2/${repository}/blobs/${uploaded.blobs[index]}`,
    })),
  };
}
