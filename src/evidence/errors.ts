import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const evidenceErrors = {
  EVIDENCE_TOO_MUCH: {
    message: 'The image {digest} has more than {limit} pieces of evidence',
    hint: 'Remove what is not needed (`cosign clean`); so much is not looked at, since each piece costs a request.',
  },
  EVIDENCE_LAYOUT_INVALID: {
    message: '{path} is not a directory with an image and its evidence: {reason}',
    hint: 'Give an OCI layout, or a directory that `cosign save --dir` wrote.',
  },
} as const;

export function evidenceError(code: keyof typeof evidenceErrors, details?: ErrorDetails): AppError {
  return makeError(evidenceErrors, code, details);
}
