import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const kubeErrors = {
  KUBE_CONFIG_INVALID: {
    message: 'The access to the cluster in {path} cannot be used: {reason}',
    hint: 'Give a kubeconfig as kubectl reads it, with --kubeconfig or KUBECONFIG.',
  },
  KUBE_CONFIG_MISSING: {
    message: 'Nothing tells how to reach a cluster',
    hint: 'Name a file with --kubeconfig or KUBECONFIG, or run in a pod that has a service account.',
  },
  KUBE_CREDENTIAL_FAILED: {
    message: 'The program {program} of the kubeconfig gives no credential: {reason}',
    hint: 'Run it by hand; it must print an ExecCredential of client.authentication.k8s.io.',
    retryable: true,
  },
  KUBE_REFUSED: {
    message: 'The API server refuses {action}: {reason}',
    hint: 'Check the credential, and the roles of its user: kubectl auth can-i tells.',
  },
  KUBE_CONFLICT: {
    message: 'The API server cannot {action}: the object was changed, or is there already',
    hint: 'Read it again and try once more.',
    retryable: true,
  },
  KUBE_EXPIRED: {
    message: 'The API server no longer knows the version that {action} asks for',
    hint: 'List anew.',
    retryable: true,
  },
  KUBE_FAILED: {
    message: 'The API server fails to {action}: {status} {reason}',
    hint: 'See the log of the API server; what failed may work in a moment.',
    retryable: true,
  },
  KUBE_ANSWER_INVALID: {
    message: 'The API server answers {action} with something else than was asked for: {reason}',
    hint: 'Check that the address is that of an API server of Kubernetes.',
  },
} as const;

export function kubeError(code: keyof typeof kubeErrors, details?: ErrorDetails): AppError {
  return makeError(kubeErrors, code, details);
}
