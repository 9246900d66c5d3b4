import type { AppError } from '../../core/index.ts';
import { ecosystemError } from '../errors.ts';

/** A lock file that is not what its name says. */
export function listInvalid(reason: string): AppError {
  return ecosystemError('PACKAGE_LIST_INVALID', { data: { format: 'npm lock', reason } });
}

/** A `package.json` that is not what its name says. */
export function metadataInvalid(reason: string): AppError {
  return ecosystemError('PACKAGE_METADATA_INVALID', { data: { format: 'package.json', reason } });
}
