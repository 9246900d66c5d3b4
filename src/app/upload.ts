import type { AppContext } from './context.ts';
import type { UploadBlobInput, UploadedBlobs } from './upload/input.ts';

/** Puts files into a registry. @throws CORE_REFERENCE_INVALID, DISK_*, OCI_*, NET_* */
export async function uploadBlobs(input: UploadBlobInput, context: AppContext): Promise<UploadedBlobs> {
  return (await import('./upload/upload.ts')).putFiles(input, context);
}
