import type { OptionSpec } from '../core/index.ts';
import { defaultOf } from './resolve.ts';
import { formatDuration } from './value/duration.ts';
import { formatSize } from './value/size.ts';

/** An option as help and documentation show it. */
export interface OptionUsage {
  /** `-s, --severity LIST`; undefined for what only a file can say. */
  readonly flags: string | undefined;
  readonly description: string;
  /** The words that are accepted, if only some are. */
  readonly allowed: readonly string[];
  /** As it would be written; empty when there is none. */
  readonly default: string;
}

const placeholders: Readonly<Record<OptionSpec['kind'], string>> = {
  boolean: '',
  text: 'TEXT',
  path: 'PATH',
  integer: 'NUMBER',
  duration: 'DURATION',
  size: 'SIZE',
  list: 'LIST',
  map: 'NAME=VALUE',
};

export function describeOption(spec: OptionSpec): OptionUsage {
  const placeholder = spec.placeholder ?? placeholders[spec.kind];
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  return {
    flags: spec.flag && `${short}--${spec.flag}${placeholder && ` <${placeholder}>`}`,
    description: spec.description,
    allowed: ('allowed' in spec ? spec.allowed : undefined) ?? [],
    default: formatDefault(spec),
  };
}

function formatDefault(spec: OptionSpec): string {
  const value = defaultOf(spec);
  if (value === undefined || value === false || spec.kind === 'map') return '';
  if (spec.kind === 'duration') return formatDuration(Number(value));
  if (spec.kind === 'size') return formatSize(Number(value));
  if (Array.isArray(value)) return isAll(spec, value) ? 'all' : value.join(',');
  return String(value);
}

function isAll(spec: OptionSpec, value: readonly unknown[]): boolean {
  return 'allowed' in spec && spec.allowed?.length === value.length;
}
