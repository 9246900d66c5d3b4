import type { BooleanOption, OptionGroup, TextOption, WithDefault } from '../core/index.ts';

const local = (flag: string, description: string) =>
  ({ flag, key: `initialize.${flag}`, local: true, description, trust: 'trusted' }) as const;

export const mirrorOption: WithDefault<TextOption> = {
  kind: 'text',
  ...local('mirror', 'The repository of trusted keys: an address of https, http or file'),
  environment: ['COSIGN_MIRROR'],
  placeholder: 'URL',
  default: 'https://tuf-repo-cdn.sigstore.dev',
};

export const rootOption: TextOption = {
  kind: 'text',
  ...local('root', 'The root.json to trust to begin with: a file or an address'),
  environment: ['COSIGN_ROOT'],
  placeholder: 'FILE',
};

export const rootChecksumOption: TextOption = {
  kind: 'text',
  ...local('root-checksum', 'The SHA-256 of that root.json in hexadecimal, or sha512: and its SHA-512'),
  environment: ['COSIGN_ROOT_CHECKSUM'],
  placeholder: 'CHECKSUM',
};

export const stagingOption: BooleanOption = {
  kind: 'boolean',
  ...local('staging', "Use the repository of Sigstore's staging instance; its root must be given"),
};

export const initializeOptions: OptionGroup = {
  id: 'initialize',
  title: 'Initialize',
  options: [mirrorOption, rootOption, rootChecksumOption, stagingOption],
};
