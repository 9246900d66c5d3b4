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
import { optionsOf } from '../../own-option.ts';

const own = optionsOf('admission-install');

export const nameOption: WithDefault<TextOption> = {
  ...own('name', 'Name objects so', 'NAME'),
  kind: 'text',
  default: 'plimsoll',
};

export const namespaceOption: WithDefault<TextOption> = {
  ...own('namespace', 'Install into this namespace, which is not judged itself', 'NAME'),
  kind: 'text',
  short: 'n',
  default: 'plimsoll',
};

export const createNamespaceOption: WithDefault<BooleanOption> = {
  ...own('create-namespace', 'Make the namespace too'),
  kind: 'boolean',
  default: true,
};

export const imageOption: TextOption = {
  ...own('image', 'Run this image of the program; better by its digest', 'IMAGE'),
  kind: 'text',
};

export const replicasOption: NumberOption = {
  ...own('replicas', 'Run so many servers', 'COUNT'),
  kind: 'integer',
  minimum: 1,
};

export const certificatesOption: TextOption<'own' | 'cert-manager' | 'secret'> = {
  ...own('certificates', 'Have servers make their certificates, or take them from cert-manager or a secret'),
  kind: 'text',
  allowed: ['own', 'cert-manager', 'secret'],
};

export const valuesOption: ListOption = {
  ...own('values', 'Take values for the chart from this file; may be repeated, and later ones count more', 'FILE'),
  kind: 'list',
  short: 'f',
};

export const setOption: ListOption = {
  ...own('set', 'Set a value of the chart; may be repeated', 'KEY=VALUE'),
  kind: 'list',
  verbatim: true,
};

export const dryRunOption: BooleanOption = {
  ...own('dry-run', 'Print the objects, and touch no cluster'),
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
