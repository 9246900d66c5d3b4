import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const trustErrors = {
  TRUST_KEY_INVALID: {
    message: 'The public key cannot be read: {reason}',
    hint: 'Give a PEM file with a PUBLIC KEY, as `cosign generate-key-pair` writes it.',
  },
  TRUST_KEY_UNSUPPORTED: {
    message: 'Keys of the kind {kind} are not accepted',
    hint: 'Use ECDSA on P-256, P-384 or P-521, RSA of 2048, 3072 or 4096 bits, or Ed25519.',
  },
  TRUST_PRIVATE_KEY_INVALID: {
    message: 'The private key cannot be read: {reason}',
    hint: 'Give a key file that `cosign generate-key-pair` or `cosign import-key-pair` wrote.',
  },
  TRUST_PASSWORD_WRONG: {
    message: 'The password does not open the private key',
    hint: 'Set COSIGN_PASSWORD to the password that the key was made with; an empty one counts as a password too.',
  },
  TRUST_CERTIFICATE_INVALID: {
    message: 'The certificate cannot be read: {reason}',
    hint: 'The certificate is damaged or of a form that is not read; get it again from where it came.',
  },
  TRUST_ROOT_INVALID: {
    message: 'The trusted root is not valid: {reason}',
    hint: 'Give a trusted_root.json, as `cosign trusted-root create` writes it.',
  },
  TRUST_FILE_INVALID: {
    message: 'The trust file is not valid: {reason}',
    hint: 'See docs/verify.md, "One file for whom to trust".',
  },
  TRUST_SPEC_INVALID: {
    message: '{reason}',
    hint: 'Write it as NAME=VALUE,NAME=VALUE; `--help` lists the names.',
  },
  TRUST_TUF_INVALID: {
    message: 'The cache of trusted keys {path} is not valid: {reason}',
    hint: 'Make it anew with `cosign initialize` or `plimsoll initialize`.',
  },
  TRUST_TUF_FAILED: {
    message: 'The trusted keys of {mirror} cannot be had: {reason}',
    hint: 'Check the address and the network, start anew with `plimsoll initialize`, or give a file with --trusted-root.',
  },
  TRUST_TUF_ROOT: {
    message: 'The first root of keys cannot be used: {reason}',
    hint: 'Give the root.json of the mirror with --root, and its checksum with --root-checksum.',
  },
  TRUST_SIGNING_CONFIG_INVALID: {
    message: 'The signing configuration is not valid: {reason}',
    hint: 'Give a signing_config.v0.2.json, as `cosign signing-config create` writes it.',
  },
  TRUST_SERVICE_MISSING: {
    message: 'The signing configuration has {found} services for {what}, and {wanted} are needed',
    hint: 'Check the validity and the versions that it states for them.',
  },
  TRUST_SERVICE_REFUSED: {
    message: '{service} at {host} refuses to take part ({status}: {detail})',
    hint: 'Check the identity token, and that the address in the signing configuration is right.',
  },
  TRUST_SERVICE_BUSY: {
    message: '{service} at {host} cannot answer now ({status}: {detail})',
    hint: 'Try again later.',
    retryable: true,
  },
  TRUST_SERVICE_INVALID: {
    message: '{service} gave an answer that cannot be used: {reason}',
    hint: 'Check that the address in the signing configuration is right.',
  },
  TRUST_PROVIDER_UNKNOWN: {
    message: 'Nothing that gives tokens is called {name}',
    hint: 'Name one of {known}.',
  },
  TRUST_PROVIDER_ABSENT: {
    message: '{name} gives no token here: {reason}',
    hint: 'Check that the program runs where it is meant to, or leave out --oidc-provider.',
  },
  TRUST_LOGIN_FAILED: {
    message: 'No token could be had from {issuer}: {reason}',
    hint: 'Check --oidc-issuer and --oidc-client-id, or give a token with --identity-token.',
  },
  TRUST_LOGIN_REFUSED: {
    message: '{issuer} refuses to give a token: {reason}',
    hint: 'Log in again, or check --oidc-client-id and --oidc-client-secret-file.',
  },
  TRUST_LOGIN_TIMEOUT: {
    message: 'Nobody logged in within {milliseconds} ms',
    hint: 'Try again, or use --fulcio-auth-flow=device where the browser is on another machine.',
  },
  TRUST_ISSUER_PLAIN: {
    message: 'The issuer {issuer} is not asked without TLS',
    hint: 'Name it with https. One on this machine can stand in for it by an endpoint.',
  },
  TRUST_REDIRECT_INVALID: {
    message: 'A browser cannot be sent back to {url}',
    hint: 'Give an address of http on this machine, for example http://localhost:8080/auth/callback.',
  },
  TRUST_TOKEN_INVALID: {
    message: 'The identity token is none, or names nobody',
    hint: 'Give a token of OpenID Connect for the audience "sigstore" with --identity-token.',
  },
  TRUST_KMS_REFERENCE: {
    message: '"{reference}" names no key of a key management system',
    hint: 'docs/kms.md has the forms: hashivault://NAME, openbao://NAME, awskms:///KEY, gcpkms://projects/…, azurekms://VAULT/KEY, and others as their plugins want them.',
  },
  TRUST_KMS_SETTING: {
    message: 'The key management system cannot be asked: {variable} {problem}',
    hint: 'Set {variable}; docs/kms.md lists the variables that count.',
  },
  TRUST_KMS_KEY_MISSING: {
    message: '{service} has no key {reference}',
    hint: 'Make it with `generate-key-pair --kms {reference}`, or check its name and the variables that docs/kms.md lists.',
  },
  TRUST_KMS_REFUSED: {
    message: '{service} refuses: {detail}',
    hint: 'Check that the token or login may use this key, and that the key is of a kind that signs.',
  },
  TRUST_KMS_BUSY: {
    message: '{service} cannot answer now: {detail}',
    hint: 'Check that it is unsealed and running, and try again.',
    retryable: true,
  },
  TRUST_KMS_INVALID: {
    message: '{service} gave an answer that cannot be used: {reason}',
    hint: 'Check that the key has an asymmetric kind and the version asked for, and that the address is right.',
  },
  TRUST_KMS_SIGNATURE: {
    message: 'What {reference} signed is no signature by its own public key',
    hint: 'The key may have been changed at the same time; try again. Ed25519 needs --tlog-upload=false with most systems.',
  },
  TRUST_KMS_HASH: {
    message:
      'The system of {reference} signs with a key of {kind} by {fixed} only, and version 1 of Rekor checks envelopes by sha256',
    hint: 'Use a key of ecdsa-p256, a --signing-config with version 2 of Rekor, or --tlog-upload=false.',
  },
  TRUST_KMS_ALIAS: {
    message: 'A key cannot be made as {reference}: the service gives new keys their identifiers itself',
    hint: 'Name it by an alias: awskms:///alias/NAME.',
  },
  TRUST_STORE_REFERENCE: {
    message: '"{reference}" names no place for a key pair',
    hint: 'Write it as k8s://NAMESPACE/NAME, github://OWNER/REPO, github://OWNER or gitlab://PROJECT.',
  },
  TRUST_STORE_SETTING: {
    message: 'The place for the key pair cannot be asked: {variable} {problem}',
    hint: 'Set {variable}; docs/keys.md lists the variables that count.',
  },
  TRUST_STORE_TAKEN: {
    message: 'There is a key in {reference} already, and it was left alone',
    hint: 'Take another name, or remove what is there once nothing needs it any more.',
  },
  TRUST_STORE_REFUSED: {
    message: '{service} refuses: {detail}',
    hint: 'Check the name, and that the token may read and write secrets or variables there; those that are there already are not replaced by GitLab.',
  },
  TRUST_STORE_INVALID: {
    message: '{service} gave an answer that cannot be used: {reason}',
    hint: 'Check that the address is right.',
  },
  TRUST_STORE_UNREADABLE: {
    message: '{title} gives out no secrets, so that a key that is kept there cannot be used from here',
    hint: 'In a job, name the secret: --key env://COSIGN_PRIVATE_KEY. The public half is in the file that generate-key-pair wrote.',
  },
  TRUST_PACKAGE_MISSING: {
    message: 'Keys of {title} need the package {name}, which cannot be loaded: {reason}',
    hint: 'Install it where plimsoll is installed, for example with `npm install --global {name}@{version}` ({guide}).',
  },
  TRUST_PKCS11_URI: {
    message: 'The pkcs11: address of the key cannot be used: {reason}',
    hint: 'Write it as pkcs11:token=LABEL;object=KEY?module-path=/usr/lib/…/MODULE.so; `pkcs11-tool list-keys-uris` prints them.',
  },
  TRUST_PKCS11_MODULE: {
    message: 'The PKCS #11 module {path} cannot be loaded: {reason}',
    hint: 'Give the shared library of the maker of the token, built for this machine, with module-path or COSIGN_PKCS11_MODULE_PATH.',
  },
  TRUST_PKCS11_TOKEN: {
    message: '{found} tokens fit "{name}", and one must',
    hint: 'Check that the token is plugged in; `pkcs11-tool list-tokens` shows what is there.',
  },
  TRUST_PKCS11_KEY: {
    message: '{found} keys of the token fit the address, and one must',
    hint: 'Name it by object and id; a public key or a certificate with the same must be there too, and may need the PIN.',
  },
  TRUST_PKCS11_PIN: {
    message: 'The token does not open: {reason}',
    hint: 'Set COSIGN_PKCS11_PIN, or give pin-source=/PATH in the address; too many wrong PINs lock a token.',
  },
  TRUST_PKCS11_CREATE: {
    message: 'Keys of tokens are not made here',
    hint: 'Make it with the tools of the token, for example `pkcs11-tool --keypairgen --key-type EC:prime256v1`.',
  },
} as const;

export function trustError(code: keyof typeof trustErrors, details?: ErrorDetails): AppError {
  return makeError(trustErrors, code, details);
}
