import type {
  ListOption,
  NumberOption,
  OptionGroup,
  PathOption,
  TextOption,
  WithDefault,
} from '../../../core/index.ts';

export const modeOption: WithDefault<TextOption<'enforce' | 'audit'>> = {
  kind: 'text',
  flag: 'mode',
  key: 'admission-serve.mode',
  local: true,
  allowed: ['enforce', 'audit'],
  default: 'enforce',
  description: 'Deny, or let everything in as it is and tell what would be denied',
  trust: 'trusted',
};

export const mutateOption: WithDefault<TextOption<'always' | 'pods' | 'never'>> = {
  kind: 'text',
  flag: 'mutate',
  key: 'admission-serve.mutate',
  local: true,
  allowed: ['always', 'pods', 'never'],
  default: 'always',
  description: 'Write digests into all objects, into pods alone (what a repository holds stays as it is), or into none',
  trust: 'trusted',
};

export const excludeNamespacesOption: ListOption = {
  kind: 'list',
  flag: 'exclude-namespaces',
  key: 'admission-serve.exclude-namespaces',
  local: true,
  placeholder: 'NAME',
  description: 'Let in whatever is in these namespaces; * is any run of characters',
  trust: 'trusted',
};

export const breakGlassGroupsOption: ListOption = {
  kind: 'list',
  flag: 'break-glass-groups',
  key: 'admission-serve.break-glass-groups',
  local: true,
  placeholder: 'GROUP',
  description: 'Let members of these groups in with what policies deny, when they give a reason in an annotation',
  trust: 'trusted',
};

export const breakGlassUsersOption: ListOption = {
  kind: 'list',
  flag: 'break-glass-users',
  key: 'admission-serve.break-glass-users',
  local: true,
  placeholder: 'USER',
  description: 'The same for these users',
  trust: 'trusted',
};

export const breakGlassTimeOption: WithDefault<NumberOption> = {
  kind: 'duration',
  flag: 'break-glass-time',
  key: 'admission-serve.break-glass-time',
  local: true,
  minimum: 1000,
  maximum: 7 * 24 * 3_600_000,
  default: 3_600_000,
  placeholder: 'DURATION',
  description: 'For so long pods are made of what was let in so',
  trust: 'trusted',
};

export const cacheOption: TextOption = {
  kind: 'text',
  flag: 'cache',
  key: 'admission-serve.cache',
  local: true,
  placeholder: 'redis://HOST:PORT',
  description: 'Share what was found out with other replicas by this Valkey or Redis, sealed with --cache-key-file',
  trust: 'trusted',
};

export const cacheKeyFileOption: PathOption = {
  kind: 'path',
  flag: 'cache-key-file',
  key: 'admission-serve.cache-key-file',
  local: true,
  placeholder: 'FILE',
  description: 'A secret of 32 bytes or more that all replicas have; it seals what they share',
  trust: 'trusted',
};

export const settingOptions: OptionGroup = {
  id: 'admission-setting',
  title: 'Enforcement',
  options: [
    modeOption,
    mutateOption,
    excludeNamespacesOption,
    breakGlassGroupsOption,
    breakGlassUsersOption,
    breakGlassTimeOption,
    cacheOption,
    cacheKeyFileOption,
  ],
};
