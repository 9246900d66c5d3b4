import type { BooleanOption, ListOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { reportFormats } from './registry.ts';
import type { TableMode } from './report.ts';

export const formatOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'format',
  short: 'f',
  key: 'format',
  allowed: reportFormats.all.map(({ id }) => id),
  default: 'table',
  description: 'Write the report in this format',
  trust: 'any',
};

export const outputOption: PathOption = {
  kind: 'path',
  flag: 'output',
  short: 'o',
  key: 'output',
  placeholder: 'FILE',
  description: 'Write the report to this file instead of the standard output',
  trust: 'trusted',
};

export const listPackagesOption: WithDefault<BooleanOption> = {
  kind: 'boolean',
  flag: 'list-all-pkgs',
  key: 'list-all-pkgs',
  default: true,
  description:
    'List every package in JSON reports, not only those with findings; when asked for by name, in tables too',
  trust: 'any',
};

export const specVersionOption: TextOption = {
  kind: 'text',
  flag: 'spec-version',
  key: 'spec-version',
  placeholder: 'VERSION',
  description: 'Write SBOMs in this version of their standard',
  trust: 'any',
};

export const sbomAuthorOption: TextOption = {
  kind: 'text',
  flag: 'sbom-author',
  key: 'sbom-author',
  placeholder: 'NAME',
  description: 'Name the person or organisation that answers for SBOMs',
  trust: 'trusted',
};

export const sarifCategoryOption: TextOption = {
  kind: 'text',
  flag: 'sarif-category',
  key: 'sarif-category',
  placeholder: 'NAME',
  description: "Tell SARIF analyses apart by this name instead of the image's",
  trust: 'any',
};

export const templateOption: TextOption = {
  kind: 'text',
  flag: 'template',
  short: 't',
  key: 'template',
  placeholder: '@FILE',
  description: 'Write what this template says, given as @FILE or as text; for --format template',
  // It can ask for variables of the environment.
  trust: 'trusted',
};

export const showSuppressedOption: BooleanOption = {
  kind: 'boolean',
  flag: 'show-suppressed',
  key: 'scan.show-suppressed',
  description: 'Show findings that do not count, and why, in tables and JSON',
  trust: 'any',
};

export const tableModeOption: WithDefault<ListOption<TableMode>> = {
  kind: 'list',
  flag: 'table-mode',
  key: 'table-mode',
  allowed: ['summary', 'detailed'],
  default: ['summary', 'detailed'],
  description: 'Show these tables; for --format table',
  trust: 'any',
};

export const reportOption: WithDefault<TextOption<'all' | 'summary'>> = {
  kind: 'text',
  flag: 'report',
  key: 'report',
  allowed: ['all', 'summary'],
  default: 'all',
  description: 'Show all tables or the summary alone, as --table-mode does; no effect under the name trivy',
  trust: 'any',
};

export const dependencyTreeOption: BooleanOption = {
  kind: 'boolean',
  flag: 'dependency-tree',
  key: 'dependency-tree',
  description: 'Show by which dependencies vulnerable packages came in; for --format table',
  trust: 'any',
};

/** How results are written. */
export const reportOptions: OptionGroup = {
  id: 'report',
  title: 'Report',
  options: [
    formatOption,
    templateOption,
    outputOption,
    specVersionOption,
    sbomAuthorOption,
    sarifCategoryOption,
    listPackagesOption,
    tableModeOption,
    reportOption,
    dependencyTreeOption,
    showSuppressedOption,
  ],
};
