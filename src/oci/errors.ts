import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const ociErrors = {
  OCI_LAYOUT_INVALID: {
    message: '{path} is not an OCI image layout: {reason}',
    hint: 'Give a directory that has index.json and blobs/, as `docker buildx build -o type=oci` or `skopeo copy … oci:DIR` write it.',
  },
  OCI_MANIFEST_INVALID: {
    message: 'The manifest {digest} is not valid: {reason}',
    hint: 'The image was damaged or written by a faulty tool; push or save it again.',
  },
  OCI_CONFIG_INVALID: {
    message: 'The image configuration {digest} is not valid: {reason}',
    hint: 'The image was damaged or written by a faulty tool; push or save it again.',
  },
  OCI_BLOB_MISSING: {
    message: 'The blob {digest} is not there',
    hint: 'The image is incomplete; pull or save it again.',
  },
  OCI_DIGEST_MISMATCH: {
    message: 'The content named {digest} has another digest or size than its name says',
    hint: 'The content was damaged or exchanged; do not use it, and get the image again from its source.',
  },
  OCI_REFERENCE_NOT_FOUND: {
    message: 'There is no image {reference} in {source}',
    hint: 'Choose one of: {available}',
  },
  OCI_PLATFORM_NOT_FOUND: {
    message: 'The image has no variant for the platform {platform}',
    hint: 'Choose one of: {available}',
  },
  OCI_NOT_AN_IMAGE: {
    message: '{reference} is an artifact of type {type}, not a container image',
    hint: 'Give the reference of an image; attached artifacts such as signatures and SBOMs cannot be scanned.',
  },
} as const;

export function ociError(code: keyof typeof ociErrors, details?: ErrorDetails): AppError {
  return makeError(ociErrors, code, details);
}
