import type { BooleanOption, ListOption, NumberOption, OptionGroup, TextOption, WithDefault } from '../core/index.ts';

import { compatWords } from './compat.ts';
import { dialects } from './registry.ts';

/** How results are told. */
export type PolicyFormat = 'table' | 'json' | 'junit' | 'policy-report';

export const resourceOption: ListOption = {
  kind: 'list',
  flag: 'resource',
  short: 'r',
  key: 'policy.resources',
  local: true,
  placeholder: 'FILE',
  description: 'Judge the objects of these files or directories; their namespaces and ConfigMaps are looked up',
  trust: 'any',
};

export const exceptionOption: ListOption = {
  kind: 'list',
  flag: 'exception',
  short: 'e',
  key: 'policy.exceptions',
  local: true,
  placeholder: 'FILE',
  description: 'Heed the policy exceptions of these files',
  aliases: [{ flag: 'exceptions' }],
  trust: 'any',
};

export const layoutOption: ListOption = {
  kind: 'list',
  flag: 'layout',
  key: 'policy.layouts',
  local: true,
  placeholder: 'IMAGE=DIR',
  description:
    'Take an image and its evidence from an OCI layout, or what `cosign save` wrote, and ask no registry for it',
  trust: 'trusted',
};

export const policyFormatOption: WithDefault<TextOption<PolicyFormat>> = {
  kind: 'text',
  flag: 'format',
  short: 'f',
  key: 'policy.format',
  local: true,
  allowed: ['table', 'json', 'junit', 'policy-report'],
  default: 'table',
  description: 'Tell results as lines of text, JSON, JUnit, or reports of Kubernetes',
  trust: 'any',
};

export const policyReportOption: BooleanOption = {
  kind: 'boolean',
  flag: 'policy-report',
  short: 'p',
  key: 'policy.policy-report',
  local: true,
  description: 'The same as --format policy-report',
  trust: 'any',
};

export const auditWarnOption: BooleanOption = {
  kind: 'boolean',
  flag: 'audit-warn',
  key: 'policy.audit-warn',
  local: true,
  description: 'Count failures that do not deny as warnings',
  trust: 'any',
};

export const warnExitCodeOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'warn-exit-code',
  key: 'policy.warn-exit-code',
  local: true,
  default: 0,
  minimum: 0,
  maximum: 255,
  placeholder: 'CODE',
  description: 'End with this code when there are warnings and nothing worse',
  trust: 'any',
};

export const policyFileOption: ListOption = {
  kind: 'list',
  flag: 'policy',
  key: 'policy.files',
  local: true,
  placeholder: 'FILE',
  description: 'Judge by the policies of these files or directories',
  trust: 'trusted',
};

export const namespaceOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'namespace',
  short: 'n',
  key: 'policy.namespace',
  local: true,
  default: 'default',
  placeholder: 'NAME',
  description: 'Judge as if the image were to run in this namespace',
  trust: 'any',
};

export const compatOption: ListOption = {
  kind: 'list',
  flag: 'compat',
  key: 'policy.compat',
  local: true,
  allowed: compatWords,
  placeholder: 'NAME',
  description: 'Do as a peer does where a hole is closed here: kyverno, connaisseur or one behaviour (docs/policy.md)',
  trust: 'trusted',
};

export const convertToOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'to',
  key: 'policy.convert-to',
  local: true,
  allowed: dialects.all.filter(({ convert }) => convert !== undefined).map(({ id }) => id),
  default: 'plimsoll',
  description: 'Write the policies in this language',
  trust: 'any',
};

/** What is judged, and how it is told. */
export const policyOptions: OptionGroup = {
  id: 'policy',
  title: 'Policy',
  options: [
    resourceOption,
    exceptionOption,
    policyFormatOption,
    policyReportOption,
    auditWarnOption,
    warnExitCodeOption,
  ],
};
