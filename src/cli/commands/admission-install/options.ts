import type {
  BooleanOption,
  ListOption,
  NumberOption,
  OptionGroup,
  TextOption,
  WithDefault,
} from '../../../core/index.ts';
import { kubeconfigOption } from '../../../kube/index.ts';
import { policyFileOption } from '../../../policy/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';

export const nameOption: WithDefault<TextOption> = {
  ...local('name', 'NAME', 'Name objects so'),
  kind: 'text',
  default: 'plimsoll',
};

export const namespaceOption: WithDefault<TextOption> = {
  ...local('namespace', 'NAME', 'Install into this namespace, which is not judged itself'),
  kind: 'text',
  short: 'n',
  default: 'plimsoll',
};

export const createNamespaceOption: WithDefault<BooleanOption> = {
  ...local('create-namespace', undefined, 'Make the namespace too'),
  kind: 'boolean',
  default: true,
};

export const imageOption: TextOption = {
  ...local('image', 'IMAGE', 'Run this image of the program; better by its digest'),
  kind: 'text',
};

export const replicasOption: NumberOption = {
  ...local('replicas', 'COUNT', 'Run so many servers'),
  kind: 'integer',
  minimum: 1,
};

export const certificatesOption: TextOption<'own' | 'cert-manager' | 'secret'> = {
  ...local(
    'certificates',
    undefined,
    'Have servers make their certificates, or take them from cert-manager or a secret',
  ),
  kind: 'text',
  allowed: ['own', 'cert-manager', 'secret'],
};

export const valuesOption: ListOption = {
  ...local('values', 'FILE', 'Take values for the chart from this file; may be repeated, and later ones count more'),
  kind: 'list',
  short: 'f',
};

export const setOption: ListOption = {
  ...local('set', 'KEY=VALUE', 'Set a value of the chart; may be repeated'),
  kind: 'list',
  verbatim: true,
};

export const dryRunOption: BooleanOption = {
  ...local('dry-run', undefined, 'Print the objects, and touch no cluster'),
  kind: 'boolean',
};

export const installOptions: OptionGroup = {
  id: 'admission-install',
  title: 'Installing',
  options: [
    nameOption,
    namespaceOption,
    createNamespaceOption,
    imageOption,
    replicasOption,
    certificatesOption,
    valuesOption,
    setOption,
    dryRunOption,
    kubeconfigOption,
  ],
};

export const installedRules: OptionGroup = {
  id: 'admission-install-rules',
  title: 'Policies',
  options: [policyFileOption, trustedRootOption],
};

function local(flag: string, placeholder: string | undefined, description: string) {
  return {
    flag,
    key: `admission-install.${flag}`,
    local: true,
    ...(placeholder !== undefined && { placeholder }),
    description,
    trust: 'trusted',
  } as const;
}
