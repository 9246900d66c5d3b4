import type { NumberOption, TextOption, WithDefault } from '../core/index.ts';
import { sbomFormats } from './registry.ts';

export const sbomFormatOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'format',
  short: 'f',
  key: 'sbom.format',
  allowed: sbomFormats.all.map(({ id }) => id),
  default: 'cyclonedx',
  description: 'Write the SBOM in this format',
  trust: 'trusted',
  local: true,
};

export const mergedNameOption: TextOption = {
  kind: 'text',
  flag: 'name',
  key: 'sbom.name',
  placeholder: 'NAME',
  description: 'Call what the SBOMs are parts of by this name',
  trust: 'trusted',
  local: true,
};

export const differenceCodeOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'exit-code',
  key: 'sbom.exit-code',
  default: 0,
  minimum: 0,
  maximum: 255,
  description: 'Exit with this code when the SBOMs differ',
  trust: 'trusted',
  local: true,
};

export const failUnderOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'fail-under',
  key: 'sbom.fail-under',
  default: 0,
  minimum: 0,
  maximum: 100,
  placeholder: 'POINTS',
  description: 'Exit with 1 when a list gives fewer points than this',
  trust: 'trusted',
  local: true,
};
