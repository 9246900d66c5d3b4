import { type AppError, type ErrorDetails, makeError } from './error.ts';

export const coreErrors = {
  CORE_DIGEST_INVALID: {
    message: '"{text}" is not a digest',
    hint: 'Write a digest as sha256: followed by 64 lower-case hexadecimal digits.',
  },
  CORE_REFERENCE_INVALID: {
    message: '"{text}" is not an image reference: {reason}',
    hint: 'Write it as [registry/]repository[:tag][@sha256:digest], for example ghcr.io/org/app:1.2.',
  },
  CORE_READ_PAST_END: {
    message: 'The data ends at byte {size}, before byte {wanted}, which it refers to',
    hint: 'The file is damaged or was not copied whole; get it again from where it came.',
  },
} as const;

export function coreError(code: keyof typeof coreErrors, details?: ErrorDetails): AppError {
  return makeError(coreErrors, code, details);
}
