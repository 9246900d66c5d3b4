import { type Digest, digestAlgorithm, digestHex } from '../../core/index.ts';
import type { ArchivedFile, TarFile } from '../archive/tar-file.ts';
import { ociError } from '../errors.ts';
import { maxManifestSize } from '../manifest.ts';
import { assertDigest, verified } from '../verified.ts';
import type { BlobStore } from './directory.ts';

/** The blobs of a layout inside a tar archive. */
export function archiveBlobs(tar: TarFile): BlobStore {
  const find = (digest: Digest): ArchivedFile => {
    const file = tar.find(`blobs/${digestAlgorithm(digest)}/${digestHex(digest)}`);
    if (file === undefined) throw ociError('OCI_BLOB_MISSING', { data: { digest } });
    return file;
  };
  return {
    name: tar.path,
    async readIndex() {
      const index = tar.find('index.json');
      if (index !== undefined) return index.bytes(maxManifestSize);
      throw ociError('OCI_LAYOUT_INVALID', { data: { path: tar.path, reason: 'it has no index.json' } });
    },
    async read({ digest }, limit) {
      const bytes = find(digest).bytes(limit);
      assertDigest(bytes, digest);
      return bytes;
    },
    stream: ({ digest, size }, signal) => verified(find(digest).stream(signal), digest, size),
  };
}
