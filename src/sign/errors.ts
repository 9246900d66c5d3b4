import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const signErrors = {
  SIGN_CERTIFICATE_KEY: {
    message: 'public key in certificate does not match the provided public key',
    hint: 'Give the certificate that was issued for the key of --key.',
  },
  SIGN_CHAIN_INVALID: {
    message: 'unable to validate certificate chain: it leads from the certificate to no root that it ends with',
    hint: 'The chain starts with the authority that issued the certificate, and ends with the root; all must be valid now.',
  },
  SIGN_NOTHING_TO_ATTACH: {
    message: 'empty {what}',
    hint: 'Give a file that holds one.',
  },
  SIGN_BUNDLE_NO_STATEMENT: {
    message: 'The bundle signs a file and no statement, so that it cannot belong to an image',
    hint: 'Give a bundle that `sign --bundle` or `attest --bundle` wrote.',
  },
  SIGN_SERVICES_UNKNOWN: {
    message: 'The keys of {mirror} were initialized, and it does not say which services sign',
    hint: 'Give a --signing-config, or --use-signing-config=false and the addresses of the services.',
  },
  SIGN_TOKEN_MISSING: {
    message: 'There is no identity token, and no issuer to ask for one',
    hint: 'Give a token with --identity-token or SIGSTORE_ID_TOKEN, name an issuer with --oidc-issuer, or sign with --key.',
  },
  SIGN_PREDICATE_INVALID: {
    message: 'The predicate is not one of the type {type}: {reason}',
    hint: 'Check the file of --predicate, or name another --type.',
  },
} as const;

export function signError(code: keyof typeof signErrors, details?: ErrorDetails): AppError {
  return makeError(signErrors, code, details);
}
