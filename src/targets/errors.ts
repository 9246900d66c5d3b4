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
  TARGETS_SOURCE_UNASKED: {
    message: 'images of {source} were not looked for, as nothing tells how to reach it',
    hint: 'Give the context an environment, or choose other sources.',
  },
} as const;

export function targetError(code: keyof typeof targetErrors, details?: ErrorDetails): AppError {
  return makeError(targetErrors, code, details);
}
