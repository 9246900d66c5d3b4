import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

/** Why evidence is not accepted; each check has a code of its own. */
export const verifyErrors = {
  VERIFY_TRUST_MISSING: {
    message: 'There is no trusted root to check {what} with',
    hint: 'Give one with --trusted-root, or verify with a key and leave out the log (--insecure-ignore-tlog).',
  },
  VERIFY_PATTERN_INVALID: {
    message: '"{pattern}" is no regular expression of RE2: {reason}',
    hint: 'See https://github.com/google/re2/wiki/Syntax; backreferences and look-around do not exist there.',
  },
  VERIFY_LOG_DUPLICATE: {
    message: 'Two log entries are the same entry of the same log',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_LOG_UNPROVEN: {
    message: 'Log entry {index} brings neither an inclusion promise nor an inclusion proof',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_LOG_UNKNOWN: {
    message: 'Log entry {index} is of a log that the trusted root does not have ({log})',
    hint: 'Check that the trusted root belongs to the services that the signature was made with.',
  },
  VERIFY_LOG_WINDOW: {
    message: 'Log entry {index} was made at {time}, when its log was not trusted',
    hint: 'Check that the trusted root belongs to the services that the signature was made with.',
  },
  VERIFY_LOG_THRESHOLD: {
    message: 'Entries of {found} trusted logs were verified, and {wanted} are needed',
    hint: 'Sign with a transparency log, or accept signatures without one (--insecure-ignore-tlog).',
  },
  VERIFY_PROMISE_SIGNATURE: {
    message: "The inclusion promise of log entry {index} does not bear the log's signature",
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_CHECKPOINT_INVALID: {
    message: 'The checkpoint of log entry {index} is not valid: {reason}',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_CHECKPOINT_ORIGIN: {
    message: 'The checkpoint of log entry {index} is of the log "{origin}" and not of {expected}',
    hint: 'Check that the trusted root belongs to the services that the signature was made with.',
  },
  VERIFY_CHECKPOINT_SIGNATURE: {
    message: "The checkpoint of log entry {index} does not bear the log's signature",
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_CHECKPOINT_ROOT: {
    message: 'The inclusion proof of log entry {index} is for another tree than its checkpoint',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_INCLUSION_PROOF: {
    message: 'The inclusion proof of log entry {index} does not lead to the root of the tree',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_ENTRY_KIND: {
    message: 'Log entry {index} is of the kind {kind}, which is not accepted here',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_ENTRY_BODY: {
    message: 'The body of log entry {index} is not valid: {reason}',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_ENTRY_SIGNATURE: {
    message: 'Log entry {index} is for another signature',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_ENTRY_KEY: {
    message: 'Log entry {index} is for another key or certificate',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_ENTRY_DIGEST: {
    message: 'Log entry {index} is for another content',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_ENTRY_TIME: {
    message: 'Log entry {index} was made at {time}, when the certificate of the signer was not valid',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_TIMESTAMP_INVALID: {
    message: 'A timestamp is not valid: {reason}',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_TIMESTAMP_IMPRINT: {
    message: 'A timestamp is of another signature',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_TIMESTAMP_SIGNATURE: {
    message: 'A timestamp does not bear the signature of the authority that it names',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_TIMESTAMP_UNTRUSTED: {
    message: 'A timestamp of {time} is of no authority that was trusted then',
    hint: 'Check that the trusted root belongs to the services that the signature was made with.',
  },
  VERIFY_TIMESTAMP_THRESHOLD: {
    message: 'Timestamps of {found} authorities were verified, and {wanted} are needed',
    hint: 'Sign with a timestamp authority that the trusted root has.',
  },
  VERIFY_TIME_MISSING: {
    message: 'Nothing that is trusted says when the signature was made',
    hint: 'Sign with a timestamp authority, or with a log that promises inclusion at a time.',
  },
  VERIFY_KEY_WINDOW: {
    message: 'The key was not trusted at {time}',
    hint: 'Sign with a key that is trusted now, or widen its window in the trust file.',
  },
  VERIFY_NOBODY_TRUSTED: {
    message: 'The trust file names nobody for {repository}',
    hint: 'Add a key or an identity for it, or correct the repositories of those that are there.',
  },
  VERIFY_CERTIFICATE_INVALID: {
    message: 'The certificate of the signer cannot be read: {reason}',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_CERTIFICATE_CHAIN: {
    message: 'The certificate of the signer does not lead to an authority that was trusted at {time}',
    hint: 'Check that the trusted root belongs to the services that the signature was made with.',
  },
  VERIFY_CERTIFICATE_LOG: {
    message: 'The certificate of the signer is in {found} trusted certificate logs, and {wanted} are needed',
    hint: 'Check the certificate logs of the trusted root, or accept certificates without one (--insecure-ignore-sct).',
  },
  VERIFY_KEY_EXPECTED: {
    message: 'The signature was made with a certificate, and verification with a key was asked for',
    hint: 'Verify with --certificate-identity and --certificate-oidc-issuer.',
  },
  VERIFY_CERTIFICATE_EXPECTED: {
    message: 'The signature was made with a key, and verification by identity was asked for',
    hint: 'Verify with --key.',
  },
  VERIFY_SIGNATURE_COUNT: {
    message: 'The envelope has {found} signatures instead of one',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_SIGNATURE_INVALID: {
    message: 'The signature is not one of this content by this key',
    hint: 'The content, the signature or the key is another than what was signed.',
  },
  VERIFY_ARTIFACT_DIGEST: {
    message: 'The artifact has another digest than the signed one',
    hint: 'The artifact was changed after it was signed, or the evidence belongs to another one.',
  },
  VERIFY_DIGEST_MISSING: {
    message: 'The message signature names no digest',
    hint: 'Sign again; if it was verified before, the evidence has been changed.',
  },
  VERIFY_SUBJECT: {
    message: 'The signed statement is about other artifacts',
    hint: 'The artifact was changed after it was signed, or the evidence belongs to another one.',
  },
  VERIFY_PAYLOAD_INVALID: {
    message: 'The signed payload is not one that cosign makes for an image',
    hint: 'The signature was made for something else, or by a faulty program.',
  },
  VERIFY_PAYLOAD_DIGEST: {
    message: 'The signed payload names the image {found} and not {wanted}',
    hint: 'The signature belongs to another image.',
  },
  VERIFY_PAYLOAD_NAME: {
    message: 'The signed payload is about {found} and not about {wanted}',
    hint: 'The image was signed under another name and copied; leave out --strict to accept it by its digest alone.',
  },
  VERIFY_PAYLOAD_TYPE: {
    message: 'The signed payload is of the type {found} and not "cosign container image signature"',
    hint: 'It was made by another program or for another purpose; leave out --strict to accept it.',
  },
  VERIFY_PLATFORM: {
    message: 'The image for {platform} in the index ({digest}) does not hold: {reason}',
    hint: 'Sign the index with all that is in it (sign --recursive), or leave out --strict.',
  },
  VERIFY_SIGNERS: {
    message: '{found} different signers were verified, and {wanted} are needed',
    hint: 'Ask for fewer signers, or have others sign too.',
  },
  VERIFY_STATEMENT_EXPECTED: {
    message: 'The bundle signs an artifact itself, and no statement about it',
    hint: 'Verify it with verify-blob.',
  },
  VERIFY_ANNOTATION: {
    message: 'The signature lacks the annotation {name}={value}',
    hint: 'Leave out -a, or sign with the annotation.',
  },
  VERIFY_PREDICATE_TYPE: {
    message: 'The statement is of the type {found} and not {wanted}',
    hint: 'Ask for the type it has with --type.',
  },
  VERIFY_CONDITION_INVALID: {
    message: '{name} is no expression in CEL: {reason}',
    hint: 'Write one expression that is true or false, for example: predicate.buildType == "https://example.com/build".',
  },
  VERIFY_CONDITION_FAILED: {
    message: 'The statement does not fulfil {name}: {reason}',
    hint: 'See what it states: verify without --policy prints it.',
  },
  VERIFY_IDENTITY: {
    message: 'The certificate is of {found}, whom no accepted identity names',
    hint: 'Check --certificate-identity.',
  },
  VERIFY_IDENTITY_ISSUER: {
    message: 'The signer was identified by {found}, which no accepted identity names',
    hint: 'Check --certificate-oidc-issuer.',
  },
  VERIFY_IDENTITY_CLAIM: {
    message: 'The certificate states {claim} as "{found}" and not "{wanted}"',
    hint: 'Check the flags --certificate-github-workflow-….',
  },
} as const;

export type VerifyCode = keyof typeof verifyErrors;

export function verifyError(code: VerifyCode, details?: ErrorDetails): AppError {
  return makeError(verifyErrors, code, details);
}
