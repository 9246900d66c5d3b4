import { ecosystemError } from '../errors.ts';

export function invalid(reason: string): Error {
  return ecosystemError('PACKAGE_DATABASE_INVALID', { data: { format: 'rpm', reason } });
}
