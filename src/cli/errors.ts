import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const cliErrors = {
  CLI_COMMAND_UNKNOWN: {
    message: 'There is no command "{word}"',
    hint: '{advice}',
  },
  CLI_COMMAND_UNSUPPORTED: {
    message: 'The command {program} {word} is planned, and not there yet',
    hint: 'docs/commands.md lists the commands there are and those that are planned.',
  },
  CLI_OPTION_UNKNOWN: {
    message: '{command} has no option {option}',
    hint: '{advice}',
  },
  CLI_USAGE: {
    message: '{reason}',
    hint: 'Run `{command} --help` to see how it is used.',
  },
  CLI_OPERAND_MISSING: {
    message: '{command} needs to be told {operand}',
    hint: 'For example: `{example}`',
  },
  CLI_TARGET_MISSING: {
    message: '{command} needs to be told what to scan',
    hint: 'For example: `{example}`',
  },
  CLI_PASSWORD_MISSING: {
    message: 'There is no password on the standard input',
    hint: 'For example: `printf %s "$PASSWORD" | plimsoll image --username me --password-stdin app:1.2`',
  },
  CLI_DATABASE_UNKNOWN: {
    message: 'There is no database "{name}"',
    hint: 'Name one of: {names}',
  },
  CLI_INPUT_TOO_LARGE: {
    message: 'The standard input has more than {limit} bytes',
    hint: 'Give the file by its name, or less of it.',
  },
  CLI_IDENTITY_MISSING: {
    message: '--certificate-identity or --certificate-identity-regexp is required for verification in keyless mode',
    hint: 'Add who must have signed and who identified them, --certificate-identity=NAME --certificate-oidc-issuer=URL, for example --certificate-identity=user@example.com --certificate-oidc-issuer=https://github.com/login/oauth; or a key, with --key=FILE.',
  },
  CLI_ISSUER_MISSING: {
    message:
      '--certificate-oidc-issuer or --certificate-oidc-issuer-regexp is required for verification in keyless mode',
    hint: 'Name who identified the signer, for example --certificate-oidc-issuer=https://github.com/login/oauth.',
  },
  CLI_SIGNER_TWICE: {
    message: 'exactly one of: key reference ({key}) or certificate identity ({identity}) must be provided',
    hint: 'Leave out --key, or the flags --certificate-identity….',
  },
  CLI_NO_SIGNATURES: {
    message: 'no signatures found',
    hint: 'Nobody has signed {image}, or the signatures are in another repository (COSIGN_REPOSITORY).',
  },
  CLI_NO_MATCHING_SIGNATURES: {
    message: 'no matching signatures: {reason}',
    hint: '{hint}',
  },
  CLI_NO_MATCHING_ATTESTATIONS: {
    message: 'no matching attestations: {reason}',
    hint: '{hint}',
  },
  CLI_IMAGE_TAG_NOT_FOUND: {
    message: 'image tag not found: {reason}',
    hint: 'Check name and tag.',
  },
  CLI_CLAIMS_UNCHECKED: {
    message: 'What was signed is always checked to be about the artifact',
    hint: 'Leave out --check-claims=false.',
  },
  CLI_RESOURCE_MISSING: {
    message: 'There is nothing to judge',
    hint: 'Name files with Kubernetes objects: --resource pod.yaml.',
  },
  CLI_POLICY_MISSING: {
    message: 'There is no policy to judge by',
    hint: 'Name files with policies: --policy policy.yaml.',
  },
  CLI_TESTS_MISSING: {
    message: 'There is no kyverno-test.yaml with results to expect',
    hint: 'Name a directory that holds one, or whose directories do.',
  },
  CLI_LAYOUT_INVALID: {
    message: '"{text}" names no image and directory',
    hint: 'Write the name of the image, an equals sign and the directory: --layout ghcr.io/org/app:1=./saved.',
  },
  CLI_POLICY_LANGUAGE: {
    message: 'The policy {path} cannot be used: {reason}',
    hint: 'Write it as an expression in CEL, in a file whose name ends in .cel.',
  },
  CLI_FILE_WITHOUT_IMAGES: {
    message: 'no images found in {file}',
    hint: 'A file that names none cannot be verified. Is it the right one?',
  },
  CLI_ANNOTATION_INVALID: {
    message: '"{text}" is no annotation',
    hint: 'Write it as NAME=VALUE.',
  },
  CLI_TIMESTAMP_CLIENT: {
    message: 'A certificate for the timestamp server needs its key, and a key its certificate',
    hint: 'Give both --timestamp-client-cert and --timestamp-client-key.',
  },
  CLI_TRUST_FILE_TWICE: {
    message: 'Whom to trust is said twice: by {file}, and by other flags',
    hint: 'Put keys, identities and services into the trust file, or leave out --trust-file.',
  },
  CLI_BUNDLE_MISSING: {
    message: '{command} needs the bundle with the signature',
    hint: 'Give it with --bundle, for example --bundle artifact.sigstore.json.',
  },
  CLI_DIRECTORY_MISSING: {
    message: 'required flag(s) "dir" not set',
    hint: 'Name the directory, for example --dir ./saved.',
  },
  CLI_ATTACHMENT_UNKNOWN: {
    message: 'unknown attachment type {type}',
    hint: 'Name one of {known}.',
  },
  CLI_EVIDENCE_MISSING: {
    message: '{reason}',
    hint: 'See what there is with `plimsoll tree`; evidence may be in another repository (COSIGN_REPOSITORY).',
  },
  CLI_TOKEN_MISSING: {
    message: '{command} needs an identity token',
    hint: 'Give it with --identity-token or SIGSTORE_ID_TOKEN.',
  },
  CLI_PASSWORDS_DIFFER: {
    message: 'passwords do not match',
    hint: 'Type the same password twice, or set COSIGN_PASSWORD.',
  },
  CLI_DECLINED: {
    message: 'user declined the prompt',
    hint: 'Answer "y" to go on; --yes answers beforehand where the command has it.',
  },
  CLI_ANSWER_INVALID: {
    message: 'invalid input "{answer}" (allowed values y, n)',
    hint: 'Answer "y" or "n".',
  },
  CLI_KEY_MISSING: {
    message: '{command} needs to be told the key',
    hint: 'Give it with --key, for example --key cosign.key.',
  },
  CLI_ROTATE_KEYS: {
    message: '{command} needs to be told both keys',
    hint: 'Give them with --old-key and --new-key, for example --old-key old.pub --new-key new.pub.',
  },
  CLI_KEY_REFERENCE: {
    message: 'Keys at {scheme}: are not used',
    hint: 'Give the file with the key, its address (https://), or env:// and the variable that holds it.',
  },
  CLI_KEY_VARIABLE: {
    message: 'There is no variable {name} with a key',
    hint: 'Put the text of the key file into the variable.',
  },
  CLI_SIGN_NOWHERE: {
    message: 'must enable upload to the OCI registry or specify a local --bundle path with --new-bundle-format',
    hint: 'Leave out --upload=false or --no-upload, or name a file with --bundle.',
  },
  CLI_SIGN_BUNDLE: {
    message: 'must specify --bundle with --new-bundle-format',
    hint: 'Name the file for the bundle, for example --bundle artifact.sigstore.json.',
  },
  CLI_CLAIM_MISSING: {
    message: 'at least one of the flags in the group [predicate statement] is required',
    hint: 'Give what is stated with --predicate.',
  },
  CLI_CLAIM_TWICE: {
    message: 'one of --predicate or --statement must be set',
    hint: 'Give a predicate or a whole statement, not both.',
  },
  CLI_PREDICATE_EMPTY: {
    message: 'predicate cannot be empty',
    hint: 'Images are attested by a predicate: give it with --predicate.',
  },
  CLI_ATTACHMENT_MISSING: {
    message: '{command} needs to be told what to put beside the image',
    hint: 'Give the file with --{flag}.',
  },
  CLI_SBOM_FORMAT: {
    message: 'invalid SBOM input format: "{format}", expected ({formats})',
    hint: 'Leave out --input-format, or name one of those.',
  },
  CLI_SIGNING_CONFIG_TWICE: {
    message:
      'if any flags in the group [use-signing-config signing-config] are set none of the others can be; [signing-config use-signing-config] were all set',
    hint: 'Leave out --use-signing-config: the file counts.',
  },
  CLI_SERVICES_TWICE: {
    message: 'cannot specify service URLs and use signing config',
    hint: 'Add --use-signing-config=false, or leave out the addresses of services.',
  },
  CLI_TLOG_CONFLICT: {
    message:
      "--tlog-upload=false is not supported with --signing-config or --use-signing-config. Provide a signing config with --signing-config without a transparency log service, which can be created with `cosign signing-config create` or `curl https://raw.githubusercontent.com/sigstore/root-signing/refs/heads/main/targets/signing_config.v0.2.json | jq 'del(.rekorTlogUrls)'` for the public instance",
    hint: 'Add --use-signing-config=false, or give a --signing-config without logs.',
  },
  CLI_LAYOUT_CONFLICT: {
    message:
      'must provide --new-bundle-format or --bundle where applicable with --signing-config or --use-signing-config',
    hint: 'Add --use-signing-config=false: the layout of before knows no signing configuration.',
  },
  CLI_REFERRERS_MODE: {
    message: 'in order to use mode "oci-1-1", you must set COSIGN_EXPERIMENTAL=1',
    hint: 'Leave out --registry-referrers-mode: bundles refer to their image anyway.',
  },
  CLI_PREDICATE_UNKNOWN: {
    message: '"{word}" is no type of statement',
    hint: 'Name one of {words}, or the address of another type.',
  },
  CLI_ADDRESS_INVALID: {
    message: '--address {address} is no address to listen on: {reason}',
    hint: 'Write 127.0.0.1:5000 for this machine alone, or 0.0.0.0:5000 for every network that it is in.',
  },
  CLI_TLS_UNPAIRED: {
    message: '--tls-cert and --tls-key belong together',
    hint: 'Give both, in PEM, or neither for plain http.',
  },
  CLI_TLS_MISSING: {
    message: 'An API server speaks TLS only, and there is no certificate to answer it with',
    hint: 'Give --tls-cert and --tls-key, in PEM.',
  },
  CLI_IMAGE_MALFORMED: {
    message: '{name} is not well-formed: {reason}',
    hint: 'The standard output tells all that is wrong. Push the image again, or get it again from who made it.',
  },
  CLI_OUTPUT_FAILED: {
    message: 'The standard output cannot be written: {reason}',
    hint: 'Check the space and the rights where it goes, or use --output.',
  },
  CLI_TIMEOUT: {
    message: 'It took longer than {timeout}',
    hint: 'Allow more time with --timeout, for example --timeout 15m.',
    retryable: true,
  },
  CLI_INTERRUPTED: {
    message: 'Stopped by {signal}',
    hint: 'Nothing was left half-written; run it again when you like.',
  },
  CLI_UNEXPECTED: {
    message: 'Something failed that should not: {reason}',
    hint: 'Please report this with the output of the same command and --debug.',
  },
} as const;

export function cliError(code: keyof typeof cliErrors, details?: ErrorDetails): AppError {
  return makeError(cliErrors, code, details);
}
