import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const admissionErrors = {
  ADMISSION_REVIEW_INVALID: {
    message: 'The review cannot be read: {reason}',
    hint: 'Send an AdmissionReview of admission.k8s.io/v1, as an API server does.',
  },
  ADMISSION_CLIENT_CA_MISSING: {
    message: 'Names of clients say nothing while nobody vouches for them',
    hint: 'Give --client-ca beside --client-name.',
  },
  ADMISSION_REVIEW_TOO_LARGE: {
    message: 'The review has more than {limit} bytes',
    hint: 'An API server takes no object of this size; check what sends it.',
  },
  ADMISSION_REVIEW_SLOW: {
    message: 'The review did not arrive within {milliseconds} ms',
    hint: 'Check the network between the API server and this one.',
    retryable: true,
  },
  ADMISSION_NO_ROOM: {
    message: 'There is no room for the review beside those that are under way',
    hint: 'Try again; run more replicas if it happens often.',
    retryable: true,
  },
  ADMISSION_NO_POLICIES: {
    message: 'There are no policies in {paths}',
    hint: 'Without policies everything would be let in: name files that hold some, or remove the webhook.',
  },
  ADMISSION_POLICY_NAMES: {
    message: 'Two files of policies have the same name: {paths}',
    hint: 'They lie side by side in one ConfigMap: rename one of them.',
  },
  ADMISSION_CLUSTER_MISSING: {
    message: 'Certificates of our own are kept in a cluster, and none is asked',
    hint: 'Name the cluster, or give certificates in files.',
  },
  ADMISSION_CACHE_UNSEALED: {
    message: 'Whoever can write to the shared store could let anything in, as nothing seals what is in it',
    hint: 'Give --cache-key-file beside --cache, with a secret that all replicas have.',
  },
  ADMISSION_KEY_SHORT: {
    message: '{path} has fewer than {least} bytes, which is no secret',
    hint: 'Make one: head -c 32 /dev/urandom > FILE, and give it to every replica.',
  },
  ADMISSION_TIMEOUT: {
    message: 'There is no decision after {milliseconds} ms, so the request is not let in',
    hint: 'Try again: what is being looked up is kept. If it happens each time, check the registry and raise timeoutSeconds.',
    retryable: true,
  },
  ADMISSION_FAILED: {
    message: 'There is no decision, so the request is not let in: {reason}',
    hint: 'The log of the admission server tells more.',
  },
} as const;

export function admissionError(code: keyof typeof admissionErrors, details?: ErrorDetails): AppError {
  return makeError(admissionErrors, code, details);
}

/** A review that is no such. */
export function invalidReview(reason: string): AppError {
  return admissionError('ADMISSION_REVIEW_INVALID', { data: { reason } });
}
