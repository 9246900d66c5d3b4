import type { Place } from '../client/place.ts';
import { ociError } from '../errors.ts';

/** What a registry does not have. */
export function notThere({ host, repository }: Place, what: string): Error {
  return ociError('OCI_REMOTE_NOT_FOUND', { data: { host, repository, what, detail: 'status 404' } });
}

/** A blob has no other name than its digest. */
export function refuseBlobName(text: string): Error {
  return ociError('OCI_BLOB_UNNAMED', { data: { text } });
}

/** The tag that was to be written is there already. */
export function refuseOverwriting(tag: string, digest: string): Error {
  return ociError('OCI_TAG_EXISTS', { data: { tag, digest } });
}
