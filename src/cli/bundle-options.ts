import type { BooleanOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { optionsOf } from './own-option.ts';

const own = optionsOf('bundle');

const file = (flag: string, description: string): PathOption => ({ ...own(flag, description, 'FILE'), kind: 'path' });

export const artifactOption: PathOption = file('artifact', 'What was signed');
export const oldBundleOption: PathOption = file('bundle', 'A bundle as cosign wrote it before version 3');
export const signatureOption: PathOption = file('signature', 'The signature, in base64');
export const attestationOption: PathOption = file('attestation', 'A signed statement: an envelope in JSON');
export const certificateOption: PathOption = file('certificate', 'The certificate of the signer');
export const keyOption: PathOption = file('key', 'The public key of the signer');
export const timestampOption: PathOption = file('rfc3161-timestamp', 'The stamp of a timestamp authority');

export const ignoreLogOption: BooleanOption = {
  kind: 'boolean',
  ...own('ignore-tlog', 'Leave the entry of a transparency log out'),
};

export const rekorUrlOption: WithDefault<TextOption> = {
  kind: 'text',
  ...own('rekor-url', 'Ask this log for proofs that are missing', 'URL'),
  default: 'https://rekor.sigstore.dev',
};

export const createBundleOptions: OptionGroup = {
  id: 'create-bundle',
  title: 'Bundle',
  options: [
    artifactOption,
    oldBundleOption,
    signatureOption,
    attestationOption,
    certificateOption,
    keyOption,
    timestampOption,
    ignoreLogOption,
    rekorUrlOption,
  ],
};
