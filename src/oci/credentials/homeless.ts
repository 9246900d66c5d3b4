import { ociError } from '../errors.ts';

/** Neither docker's directory nor a home is known. @throws OCI_NO_HOME */
export function refuseHomeless(): never {
  throw ociError('OCI_NO_HOME');
}
