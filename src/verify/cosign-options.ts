import type { BooleanOption, NumberOption, OptionGroup, OptionSpec, TextOption, WithDefault } from '../core/index.ts';

/** A flag of cosign that it has deprecated, with the words that it says then. */
export interface DeprecatedOption {
  readonly option: BooleanOption | TextOption;
  readonly advice: string;
}

const local = (flag: string, description: string) =>
  ({ flag, key: `verify.${flag}`, local: true, description, trust: 'trusted' }) as const;

export const privateInfrastructureOption: BooleanOption = {
  kind: 'boolean',
  ...local('private-infrastructure', 'The same as --insecure-ignore-tlog'),
};

export const deprecatedOptions: readonly DeprecatedOption[] = [
  {
    option: { kind: 'text', ...local('rekor-url', 'No effect: evidence brings the proof of its log') },
    advice: 'please use --bundle, which includes the Rekor inclusion proof',
  },
  {
    option: { kind: 'boolean', ...local('new-bundle-format', 'No effect: both layouts are looked at'), default: true },
    advice: 'this will be the only supported format in future versions',
  },
  {
    option: privateInfrastructureOption,
    advice: 'please use --insecure-ignore-tlog instead',
  },
  {
    option: { kind: 'boolean', ...local('experimental-oci11', 'No effect: referrers are always looked at') },
    advice: 'OCI referrers will be the default behavior in future versions',
  },
];

/** Claims are always checked; to leave them out is refused. */
export const checkClaimsOption: WithDefault<BooleanOption> = {
  kind: 'boolean',
  ...local('check-claims', 'Check that what was signed is about the artifact; always done'),
  default: true,
};

const maxWorkersOption: WithDefault<NumberOption> = {
  kind: 'integer',
  ...local('max-workers', 'No effect: ten pieces of evidence are looked at together'),
  default: 10,
  minimum: 1,
};

const options: readonly OptionSpec[] = [
  checkClaimsOption,
  maxWorkersOption,
  ...deprecatedOptions.map(({ option }) => option),
];

/** Accepted because cosign has them. */
export const cosignOptions: OptionGroup = { id: 'cosign', title: 'Accepted for compatibility', options };
