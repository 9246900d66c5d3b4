import { ociError } from '../errors.ts';

/** What is asked for cannot be done with this image. */
export function refuseEdit(reference: string, reason: string, advice: string): Error {
  return ociError('OCI_EDIT_REFUSED', { data: { reference, reason, advice } });
}
