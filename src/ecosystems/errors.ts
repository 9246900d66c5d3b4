import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const ecosystemErrors = {
  PACKAGE_DATABASE_INVALID: {
    message: 'The {format} database is damaged: {reason}',
    hint: 'Packages in it may be missing from the result; rebuild the image.',
  },
} as const;

export function ecosystemError(code: keyof typeof ecosystemErrors, details?: ErrorDetails): AppError {
  return makeError(ecosystemErrors, code, details);
}
