import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const evidenceErrors = {
  EVIDENCE_INDEX_TOO_LARGE: {
    message: 'The index {digest} lists more than a thousand images, or indexes in more than eight steps',
    hint: 'Verify the images that you run by their own digests.',
  },
  EVIDENCE_TOO_MUCH: {
    message: 'The image {digest} has more than {limit} pieces of evidence',
    hint: 'Remove what is not needed (`cosign clean`); so much is not looked at, since each piece costs a request.',
  },
  EVIDENCE_LAYOUT_INVALID: {
    message: '{path} is not a directory with an image and its evidence: {reason}',
    hint: 'Give an OCI layout, or a directory that `cosign save --dir` wrote.',
  },
  EVIDENCE_INCOMPLETE: {
    message: 'The manifest {digest} is named, and is not there',
    hint: 'The image is incomplete where it lies; push or save it again.',
  },
  EVIDENCE_TAG_TAKEN: {
    message: 'The tag {tag} means {found} at the target, not {digest}',
    hint: 'Choose another tag, or replace it with --force.',
  },
  EVIDENCE_TAG_NOT_KEPT: {
    message: 'The target does not say that the tag {tag} means {digest}, which was just written',
    hint: 'Another writer may have moved it; look at it and try again.',
    retryable: true,
  },
  EVIDENCE_PLATFORM: {
    message: '{reason}',
    hint: 'Name one platform of the image, for example --platform linux/amd64, or leave it out to take all.',
  },
} as const;

export function evidenceError(code: keyof typeof evidenceErrors, details?: ErrorDetails): AppError {
  return makeError(evidenceErrors, code, details);
}

export function layoutInvalid(path: string, reason: string): AppError {
  return evidenceError('EVIDENCE_LAYOUT_INVALID', { data: { path, reason } });
}
