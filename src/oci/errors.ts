import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const ociErrors = {
  OCI_LAYOUT_INVALID: {
    message: '{path} is not an OCI image layout: {reason}',
    hint: 'Give a directory that has index.json and blobs/, as `docker buildx build -o type=oci` or `skopeo copy … oci:DIR` write it.',
  },
  OCI_LAYOUT_SEVERAL: {
    message: 'The layout {path} contains {count} entries, consider --index',
    hint: 'With --index the whole of it is pushed as one index.',
  },
  OCI_PATH_UNSAFE: {
    message: 'The image holds a file of the unsafe path "{path}"',
    hint: 'Unpacked, it would lie outside of where it should. Do not use the image; tell who made it.',
  },
  OCI_SPARSE_TOO_LARGE: {
    message: 'The sparse file {path} has {size} bytes, at most {limit} are written',
    hint: 'Take the file out of the image, or its layers as they are with `blob`.',
  },
  OCI_TAG_EXISTS: {
    message: 'refusing to clobber existing tag {tag}@{digest}',
    hint: 'Leave out --no-clobber to move the tag.',
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
  OCI_BLOB_UNNAMED: {
    message: '"{text}" names no blob: it has no digest',
    hint: 'Write it as REPOSITORY@sha256:…, with the digest of a layer or configuration from the manifest.',
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
  OCI_REFERENCE_AMBIGUOUS: {
    message: '{source} holds several images, and none was chosen',
    hint: 'Put a colon and a name behind the path; choose one of: {available}',
  },
  OCI_ARCHIVE_INVALID: {
    message: '{path} is not an image archive: {reason}',
    hint: 'Give a tar file as `docker save`, `podman save`, `skopeo copy` or `docker buildx build -o type=oci,dest=FILE` write it.',
  },
  OCI_FORMAT_UNKNOWN: {
    message: '{path} is no image in any known format. Tried: {tried}',
    hint: 'Give an OCI layout (directory or tar) or a docker archive (tar), plain or packed with gzip or zstd.',
  },
  OCI_SCHEMA1: {
    message: '{reference} is an image in the manifest format of 2014 (schema 1), which is not read',
    hint: 'Push the image again with any current tool, which writes a newer format.',
  },
  OCI_UNAUTHORIZED: {
    message: '{host} wants a login for {repository} ({detail})',
    hint: 'Log in (`docker login {host}`), or check the name: many registries answer so for repositories that do not exist.',
  },
  OCI_FORBIDDEN: {
    message: '{host} refuses access to {repository} ({detail})',
    hint: 'Use an account that has the right, or check the name.',
  },
  OCI_REMOTE_NOT_FOUND: {
    message: '{host} has no {what} in {repository} ({detail})',
    hint: 'Check name and tag.',
  },
  OCI_RATE_LIMITED: {
    message: '{host} asks to wait: too many requests ({detail})',
    hint: 'Try again later, log in for a higher limit, or set up a mirror (registry.mirrors).',
    retryable: true,
  },
  OCI_REGISTRY_FAILED: {
    message: '{host} failed with status {status} ({detail})',
    hint: 'The registry has a problem; try again later.',
    retryable: true,
  },
  OCI_REGISTRY_REFUSED: {
    message: '{host} answered with status {status} ({detail})',
    hint: 'The registry does not accept this request; check name, rights and whether this is a registry at all.',
  },
  OCI_AUTH_REFUSED: {
    message: '{host} asks for a login in a way that was refused: {reason}',
    hint: 'No credentials were sent. The registry is misconfigured or hostile; tell its operator.',
  },
  OCI_NO_TOKENS: {
    message: 'The registry {host} names no token service: challenge scheme "{scheme}" is not bearer',
    hint: 'It takes user and password, or needs no login: `auth get` prints what is stored for it.',
  },
  OCI_NO_HOME: {
    message: 'There is no place to store logins in',
    hint: 'Set HOME, or DOCKER_CONFIG to a directory.',
  },
  OCI_TOKEN_FAILED: {
    message: 'The token service {realm} of {host} gave no token: {reason}',
    hint: 'Check the stored login (`docker login {host}`), then try again.',
  },
  OCI_RESPONSE_INVALID: {
    message: '{host} sent an answer that is not valid: {reason}',
    hint: 'A proxy may be in the way, or this is no registry.',
  },
  OCI_REFERRERS_CONTENDED: {
    message: '{host} did not keep what was written to {tag}: other writers kept replacing it',
    hint: 'Try again; a registry that lists referrers itself has no need of such a tag.',
    retryable: true,
  },
  OCI_REGISTRIES_INVALID: {
    message: 'The table of registries {path} is not valid: {reason}',
    hint: 'It follows version 2 of registries.conf: [[registry]] with prefix, location, insecure, blocked and [[registry.mirror]].',
  },
  OCI_REGISTRY_BLOCKED: {
    message: '{reference} may not be used: the table of registries blocks {prefix}',
    hint: 'Use another registry, or change the table if that is your decision.',
  },
  OCI_DAEMON_ENDPOINT: {
    message: 'The daemon cannot be reached at {endpoint}: {reason}',
    hint: 'Set DOCKER_HOST or CONTAINER_HOST to a unix:// or tcp:// address, or save the image to a file and use --input.',
  },
  OCI_DAEMON_ABSENT: {
    message: 'no daemon listens at {tried} ({from})',
    hint: 'Start the daemon, set DOCKER_HOST or CONTAINER_HOST, or choose other sources with --image-src.',
  },
  OCI_DAEMON_NO_IMAGE: {
    message: 'the daemon at {daemon} has no image {reference}',
    hint: 'Pull it there, or choose other sources with --image-src.',
  },
  OCI_DAEMON_FAILED: {
    message: 'the daemon at {daemon} gave no image: {detail}',
    hint: 'Look into the log of the daemon, or save the image to a file and use --input.',
  },
  OCI_CONTAINERD_ABSENT: {
    message: 'there is no image store of containerd at {path}',
    hint: 'Run this where containerd runs, or choose other sources with --image-src.',
  },
  OCI_CONTAINERD_NO_IMAGE: {
    message: 'containerd has no image {reference} in {namespace}',
    hint: 'Set CONTAINERD_NAMESPACE, or choose other sources with --image-src.',
  },
  OCI_HTPASSWD_INVALID: {
    message: 'Line {line} of {path} is not valid: {reason}',
    hint: 'Write the file with `htpasswd -B` of Apache: lines of NAME:HASH, hashed with bcrypt.',
  },
  OCI_REGISTRY_FULL: {
    message: 'The embedded registry holds {capacity} bytes in memory, and has no room for more',
    hint: 'Serve from a directory instead (--disk), or delete what is not needed.',
  },
  OCI_EDIT_ENV_INVALID: {
    message: 'The environment of the image has the entry "{entry}", which is no name=value',
    hint: 'Build the image again with variables that have names and values.',
  },
  OCI_REBASE_MISMATCH: {
    message: 'The image is not based on the old base: its layer {layer} is another one, counted from 0',
    hint: 'Name the base that the image was built on, by digest if its tag has moved.',
  },
  OCI_EDIT_REFUSED: {
    message: '{reference} cannot be edited: {reason}',
    hint: '{advice}',
  },
  OCI_CREDENTIALS_INVALID: {
    message: 'The stored logins in {path} cannot be read: {reason}',
    hint: 'Repair the file, or log in again.',
  },
} as const;

export function ociError(code: keyof typeof ociErrors, details?: ErrorDetails): AppError {
  return makeError(ociErrors, code, details);
}
