import type { AppError } from '../core/index.ts';
import { nearest } from '../kit/nearest.ts';
import { configError } from './errors.ts';
import { namesOfFlags } from './names.ts';
import { allOptions } from './registry.ts';
import { removedFlags, trivyFlags } from './trivy/data.ts';

/** What is known of a flag that a command does not have. */
export interface FlagExplanation {
  /** For flags of Trivy that were removed or are still to come. */
  readonly error?: AppError;
  /** True when another command has it. */
  readonly known: boolean;
  /** The nearest flag, with its dashes. */
  readonly near?: string;
}

/** Explains a flag, given with its dashes; `trivy` says whether the flags of Trivy are meant where ours are not. */
export function explainFlag(option: string, trivy = true): FlagExplanation {
  const flag = option.startsWith('--') ? option.slice(2) : option;
  const instead = trivy ? removedFlags[flag] : undefined;
  if (instead !== undefined) {
    return { known: false, error: configError('CONFIG_OPTION_REMOVED', { data: { name: option, instead } }) };
  }
  if (trivy && trivyFlags.includes(flag)) {
    return { known: false, error: configError('CONFIG_OPTION_UNSUPPORTED', { data: { name: option } }) };
  }
  const names = namesOfFlags(allOptions);
  const near = nearest(flag, names.keys());
  return { known: names.has(flag), ...(near !== undefined && near !== flag && { near: `--${near}` }) };
}
