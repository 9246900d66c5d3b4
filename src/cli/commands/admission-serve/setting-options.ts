import type {
  ListOption,
  NumberOption,
  OptionGroup,
  PathOption,
  TextOption,
  WithDefault,
} from '../../../core/index.ts';
import { optionsOf } from '../../own-option.ts';

const own = optionsOf('admission-serve');

export const modeOption: WithDefault<TextOption<'enforce' | 'audit'>> = {
  ...own('mode', 'Deny, or let everything in as it is and tell what would be denied'),
  kind: 'text',
  allowed: ['enforce', 'audit'],
  default: 'enforce',
};

export const mutateOption: WithDefault<TextOption<'always' | 'pods' | 'never'>> = {
  ...own(
    'mutate',
    'Write digests into all objects, into pods alone (what a repository holds stays as it is), or into none',
  ),
  kind: 'text',
  allowed: ['always', 'pods', 'never'],
  default: 'always',
};

export const excludeNamespacesOption: ListOption = {
  ...own('exclude-namespaces', 'Let in whatever is in these namespaces; * is any run of characters', 'NAME'),
  kind: 'list',
};

export const breakGlassGroupsOption: ListOption = {
  ...own(
    'break-glass-groups',
    'Let members of these groups in with what policies deny, when they give a reason in an annotation',
    'GROUP',
  ),
  kind: 'list',
};

export const breakGlassUsersOption: ListOption = {
  ...own('break-glass-users', 'The same for these users', 'USER'),
  kind: 'list',
};

export const breakGlassTimeOption: WithDefault<NumberOption> = {
  ...own('break-glass-time', 'For so long pods are made of what was let in so', 'DURATION'),
  kind: 'duration',
  minimum: 1000,
  maximum: 7 * 24 * 3_600_000,
  default: 3_600_000,
};

export const cacheOption: TextOption = {
  ...own(
    'cache',
    'Share what was found out with other replicas by this Valkey or Redis, sealed with --cache-key-file',
    'redis://HOST:PORT',
  ),
  kind: 'text',
};

export const cacheKeyFileOption: PathOption = {
  ...own('cache-key-file', 'A secret of 32 bytes or more that all replicas have; it seals what they share', 'FILE'),
  kind: 'path',
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
