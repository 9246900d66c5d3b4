import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const targetErrors = {
  TARGETS_IMAGE_UNAVAILABLE: {
    message: 'The image {reference} cannot be had from any source: {reasons}',
    hint: 'Check the name; for an image in a file use --input; sources are chosen with --image-src.',
  },
  TARGETS_SBOM_MISSING: {
    message: 'The registry keeps no SBOM beside the image {image}',
    hint: 'Make one with "plimsoll image --format cyclonedx", or scan the image itself.',
  },
  TARGETS_SOURCE_UNSUPPORTED: {
    message: 'images of {source} are not supported yet',
    hint: 'Save the image to a file and use --input, or push it to a registry.',
  },
} as const;

export function targetError(code: keyof typeof targetErrors, details?: ErrorDetails): AppError {
  return makeError(targetErrors, code, details);
}
