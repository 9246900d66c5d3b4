import type { FunctionMap, TemplateFunction } from '../function.ts';
import { choiceFunctions } from './choices.ts';
import { dateFunctions } from './dates.ts';
import { dictFunctions } from './dicts.ts';
import { encodingFunctions } from './encodings.ts';
import { type Environment, environmentFunctions } from './environment.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { regexFunctions } from './regexes.ts';
import { stringFunctions } from './strings.ts';

/** What functions may know of the world. */
export interface SprigContext {
  /** What `now` gives. */
  readonly now: Date;
  readonly environment: Environment;
}

/**
 * The functions of sprig (Masterminds/sprig v3), but for those that make random values and keys, ask the network, or
 * compare versions; a list has those with `must` before their names too.
 */
export function sprigFunctions({ now, environment }: SprigContext): FunctionMap {
  const plain = [...listFunctions, ...dictFunctions];
  return new Map<string, TemplateFunction>([
    ...stringFunctions,
    ...plain,
    ...plain.map(([name, made]) => [`must${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, made] as const),
    ...numberFunctions,
    ...choiceFunctions,
    ...encodingFunctions,
    ...regexFunctions(),
    ...dateFunctions(now),
    ...environmentFunctions(environment),
  ]);
}
