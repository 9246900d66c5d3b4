import { isAppError } from '../../core/index.ts';
import { trustError } from '../errors.ts';

/** What is not as it should be is the system's fault. @throws TRUST_KMS_INVALID */
export function readAnswer<T>(service: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw trustError('TRUST_KMS_INVALID', { data: { service, reason: error.message } });
  }
}
