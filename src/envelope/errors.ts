import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const envelopeErrors = {
  ENVELOPE_BUNDLE_INCOMPLETE: {
    message: 'A bundle needs {what}',
    hint: 'Give a bundle of cosign 2 with --bundle; or --signature or --attestation, and --certificate or --key.',
  },
  ENVELOPE_DSSE_INVALID: {
    message: 'The DSSE envelope is not valid: {reason}',
    hint: 'The attestation is damaged or was written by a faulty program; make it again.',
  },
  ENVELOPE_STATEMENT_INVALID: {
    message: 'The signed statement is no in-toto statement: {reason}',
    hint: 'The attestation was made by a faulty program or is of another kind; make it again.',
  },
  ENVELOPE_BUNDLE_VERSION: {
    message: 'The bundle has the media type "{mediaType}", which is not read',
    hint: 'Bundles of the versions 0.1, 0.2 and 0.3 are read; an older file can be changed with `cosign bundle create`.',
  },
  ENVELOPE_BUNDLE_INVALID: {
    message: 'The Sigstore bundle is not valid: {reason}',
    hint: 'The bundle is damaged or was written by a faulty program; sign again.',
  },
  ENVELOPE_BUNDLE_CHAIN: {
    message: 'The bundle of version {version} brings a certificate chain, which it must not',
    hint: 'Only the certificate of the signer belongs into it; --allow-certificate-chain accepts the chain.',
  },
  ENVELOPE_BUNDLE_PROMISE: {
    message: 'The bundle of version 0.1 has log entries and no inclusion promise',
    hint: 'The bundle is not whole; sign again.',
  },
  ENVELOPE_BUNDLE_PROOF: {
    message: 'The bundle of version {version} has log entries and no inclusion proof',
    hint: 'The bundle is not whole; sign again.',
  },
} as const;

export function envelopeError(code: keyof typeof envelopeErrors, details?: ErrorDetails): AppError {
  return makeError(envelopeErrors, code, details);
}
