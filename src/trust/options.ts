import type { BooleanOption, ListOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';

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

const specs = (flag: string, names: string): ListOption => ({
  kind: 'list',
  ...local(flag, `A service, as ${names}; may be repeated`),
  placeholder: 'NAME=VALUE,…',
  verbatim: true,
});

const serviceNames = 'url, api-version, start-time, operator and perhaps end-time';
const logNames = 'url, public-key (a file), start-time and perhaps end-time and origin';
const authorityNames = 'url, certificate-chain (a file) and perhaps start-time and end-time';

const leaveOut = (flag: string, what: string): BooleanOption => ({
  kind: 'boolean',
  ...local(flag, `Leave ${what} out of the default services`),
});

export const defaultServicesOption: BooleanOption = {
  kind: 'boolean',
  ...local('with-default-services', 'Begin with the services of the cache that `initialize` made'),
};

export const outOption: PathOption = {
  kind: 'path',
  ...local('out', 'Write to this file instead of the standard output'),
  placeholder: 'FILE',
};

export const noFulcioOption: BooleanOption = leaveOut('no-default-fulcio', 'certificate authorities');
export const noRekorOption: BooleanOption = leaveOut('no-default-rekor', 'logs');
export const noTsaOption: BooleanOption = leaveOut('no-default-tsa', 'timestamp authorities');
export const noCtfeOption: BooleanOption = leaveOut('no-default-ctfe', 'certificate logs');
export const noOidcOption: BooleanOption = leaveOut('no-default-oidc', 'identity providers');

export const authorityOption: ListOption = specs('fulcio', authorityNames);
export const logOption: ListOption = specs('rekor', logNames);
export const certificateLogOption: ListOption = specs('ctfe', logNames);
export const timestampOption: ListOption = specs('tsa', authorityNames);

export const trustedRootCreateOptions: OptionGroup = {
  id: 'trusted-root',
  title: 'Trusted root',
  options: [
    authorityOption,
    certificateLogOption,
    logOption,
    timestampOption,
    defaultServicesOption,
    noFulcioOption,
    noCtfeOption,
    noRekorOption,
    noTsaOption,
    outOption,
  ],
};

export const fulcioServiceOption: ListOption = specs('fulcio', serviceNames);
export const rekorServiceOption: ListOption = specs('rekor', serviceNames);
export const oidcServiceOption: ListOption = specs('oidc-provider', serviceNames);
export const tsaServiceOption: ListOption = specs('tsa', serviceNames);

const selection = (flag: string, what: string): TextOption => ({
  kind: 'text',
  ...local(flag, `How many of the ${what} are used`),
  placeholder: 'ANY|ALL|EXACT:COUNT',
});

export const rekorSelectionOption: TextOption = selection('rekor-config', 'logs');
export const tsaSelectionOption: TextOption = selection('tsa-config', 'timestamp authorities');

export const baseConfigOption: PathOption = {
  kind: 'path',
  ...local('base-config', 'Begin with this signing configuration'),
  placeholder: 'FILE',
};

export const signingConfigCreateOptions: OptionGroup = {
  id: 'signing-config',
  title: 'Signing configuration',
  options: [
    fulcioServiceOption,
    rekorServiceOption,
    oidcServiceOption,
    tsaServiceOption,
    rekorSelectionOption,
    tsaSelectionOption,
    baseConfigOption,
    defaultServicesOption,
    noFulcioOption,
    noRekorOption,
    noOidcOption,
    noTsaOption,
    outOption,
  ],
};
