import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const versionErrors = {
  VERSION_INVALID: {
    message: '"{text}" is not a version of the scheme {scheme}',
    hint: 'The package or the advisory states a version that cannot be compared; it is reported as not judged.',
  },
  VERSION_RANGE_INVALID: {
    message: '"{text}" is not a version range of the scheme {scheme}',
    hint: 'The advisory states a range that cannot be read; the package is reported as not judged by it.',
  },
} as const;

export function versionError(code: keyof typeof versionErrors, details?: ErrorDetails): AppError {
  return makeError(versionErrors, code, details);
}
