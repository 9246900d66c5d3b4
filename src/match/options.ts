import type { ListOption, OptionGroup, WithDefault } from '../core/index.ts';

export const severitySourceOption: WithDefault<ListOption> = {
  kind: 'list',
  flag: 'vuln-severity-source',
  key: 'vulnerability.severity-source',
  default: ['auto'],
  placeholder: 'SOURCES',
  description: 'Take the severity from the first of these sources that states one; auto is the documented rule',
  trust: 'any',
};

/** How matches are judged. */
export const matchOptions: OptionGroup = { id: 'match', title: 'Matching', options: [severitySourceOption] };
