import type { ErrorData, OptionSpec } from '../core/index.ts';
import type { Value } from './value/parse.ts';

/** Where a value came from. */
export interface Origin {
  readonly kind: 'flag' | 'environment' | 'file' | 'default';
  /** `--severity`, `TRIVY_SEVERITY`, or the key with its file and line. */
  readonly name: string;
}

/** Something to tell the user: static text, variable data in fields. */
export interface Notice {
  readonly text: string;
  readonly fields: ErrorData;
}

/** Takes what one place says about options. */
export interface AssignmentSink {
  /** False when something that counts more has decided already. */
  readonly assign: (spec: OptionSpec, value: Value, origin: Origin) => boolean;
  readonly notice: (notice: Notice) => void;
}

/** Says that a name is an old one. */
export function renamed(name: string, now: string): Notice {
  return { text: 'This name is out of date', fields: { name, now } };
}
