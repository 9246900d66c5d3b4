import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const ecosystemErrors = {
  PACKAGE_DATABASE_INVALID: {
    message: 'The {format} database is damaged: {reason}',
    hint: 'Packages in it may be missing from the result; rebuild the image.',
  },
  PACKAGE_DATABASE_UNSUPPORTED: {
    message: 'Packages listed by {format} cannot be read',
    hint: 'The packages of this system are missing from the result.',
  },
  RELEASE_FILE_INVALID: {
    message: '{path} cannot be read: {reason}',
    hint: 'What the system is, or what it was built from, may be judged wrongly; rebuild the image.',
  },
} as const;

export function ecosystemError(code: keyof typeof ecosystemErrors, details?: ErrorDetails): AppError {
  return makeError(ecosystemErrors, code, details);
}
