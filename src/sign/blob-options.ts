import type { BooleanOption, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { type SigningAlgorithm, signingAlgorithms } from './algorithms.ts';
import { path, text, toggle, toggleOn } from './flag.ts';

export const algorithmOption: WithDefault<TextOption<SigningAlgorithm>> = {
  kind: 'text',
  flag: 'signing-algorithm',
  key: 'sign.signing-algorithm',
  local: true,
  environment: ['COSIGN_SIGNING_ALGORITHM'],
  allowed: signingAlgorithms,
  default: 'ecdsa-sha2-256-nistp256',
  description: 'How the key of one use signs when there is no --key',
  trust: 'trusted',
};

export const base64Option: WithDefault<BooleanOption> = toggleOn({
  flag: 'b64',
  description: 'Print the signature in base64 rather than as it is; only without a new bundle',
});

export const outputOption: PathOption = path({
  flag: 'output',
  description: 'The same as --output-signature',
});

export const timestampFileOption: PathOption = path({
  flag: 'rfc3161-timestamp',
  description: 'Write the stamp of the timestamp authority to FILE; only without a new bundle',
});

export const timestampBundleOption: PathOption = path({
  flag: 'rfc3161-timestamp-bundle',
  description: 'Write the stamp of the timestamp authority to FILE; only without a new bundle',
});

export const outputAttestationOption: PathOption = path({
  flag: 'output-attestation',
  description: 'Write the statement to FILE; only without a new bundle',
});

export const predicateOption: PathOption = path({
  flag: 'predicate',
  description: 'What is stated: a file, or - for the standard input',
});

export const statementOption: PathOption = path({
  flag: 'statement',
  description: 'A whole statement of in-toto in place of a predicate; of files only',
});

export const hashOption: TextOption = text({
  flag: 'hash',
  placeholder: 'HEX',
  description: 'SHA-256 of the artifact, which is not looked at then',
});

export const noUploadOption: BooleanOption = toggle({
  flag: 'no-upload',
  description: 'Do not put the attestation beside the image',
});

export const replaceOption: BooleanOption = toggle({
  flag: 'replace',
  description: 'Take away attestations of the same type; only in the layout of before',
});

export const entryTypeOption: WithDefault<TextOption<'dsse' | 'intoto'>> = {
  kind: 'text',
  flag: 'rekor-entry-type',
  key: 'sign.rekor-entry-type',
  local: true,
  environment: ['COSIGN_REKOR_ENTRY_TYPE'],
  allowed: ['dsse', 'intoto'],
  default: 'dsse',
  description: 'No effect: logs decide it',
  trust: 'trusted',
};
