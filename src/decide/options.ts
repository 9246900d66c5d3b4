import {
  type BooleanOption,
  type ListOption,
  type NumberOption,
  type OptionGroup,
  type PathOption,
  type Severity,
  severities,
  type VulnerabilityStatus,
  vulnerabilityStatuses,
  type WithDefault,
} from '../core/index.ts';

export const severityOption: ListOption<Severity> = {
  kind: 'list',
  flag: 'severity',
  short: 's',
  key: 'severity',
  allowed: severities,
  default: severities,
  description: 'Show and judge only findings of these severities',
  trust: 'any',
};

export const ignoreUnfixedOption: BooleanOption = {
  kind: 'boolean',
  flag: 'ignore-unfixed',
  key: 'vulnerability.ignore-unfixed',
  description: 'Leave out vulnerabilities that no version fixes; --ignore-status overrules it',
  trust: 'any',
};

export const ignoreStatusOption: ListOption<VulnerabilityStatus> = {
  kind: 'list',
  flag: 'ignore-status',
  key: 'vulnerability.ignore-status',
  allowed: vulnerabilityStatuses,
  description: 'Leave out vulnerabilities of these statuses',
  trust: 'any',
};

export const ignorefileOption: WithDefault<PathOption> = {
  kind: 'path',
  flag: 'ignorefile',
  key: 'ignorefile',
  default: '.trivyignore',
  placeholder: 'FILE',
  description: 'Leave out the findings that this file lists',
  trust: 'any',
};

export const exitCodeOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'exit-code',
  key: 'exit-code',
  default: 0,
  minimum: 0,
  maximum: 255,
  placeholder: 'CODE',
  description: 'Exit with this code when findings remain; other than 0 it makes the scan a gate',
  trust: 'any',
};

export const exitOnEolOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'exit-on-eol',
  key: 'exit-on-eol',
  default: 0,
  minimum: 0,
  maximum: 255,
  placeholder: 'CODE',
  description: 'Exit with this code when the operating system is past its end of life',
  trust: 'any',
};

export const allowIncompleteOption: BooleanOption = {
  kind: 'boolean',
  flag: 'allow-incomplete',
  key: 'allow-incomplete',
  description: 'Let a gate pass although something could not be judged',
  // It widens what passes, so what is scanned must not be able to ask for it.
  trust: 'trusted',
};

/** Which findings count, and what they mean for the exit code. */
export const decideOptions: OptionGroup = {
  id: 'decide',
  title: 'Findings and gate',
  options: [
    severityOption,
    ignoreUnfixedOption,
    ignoreStatusOption,
    ignorefileOption,
    exitCodeOption,
    exitOnEolOption,
    allowIncompleteOption,
  ],
};
