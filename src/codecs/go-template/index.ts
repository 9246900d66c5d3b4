export { dockerFunctions } from './docker.ts';
export { escapeHtml } from './escape.ts';
export { exactly, type FunctionMap, type TemplateFunction } from './function.ts';
export { toPlain } from './json.ts';
export { Moment } from './moment.ts';
export { callError } from './position.ts';
export { parseTemplate, renderTemplate, type TemplateOptions } from './template.ts';
export { fromJson, Struct, TypedMap, type Value } from './value.ts';

import type { FunctionMap } from './function.ts';
import type { SprigContext } from './sprig/index.ts';

/** The functions of sprig; loaded when a template needs them. */
export async function loadSprig(): Promise<(context: SprigContext) => FunctionMap> {
  return (await import('./sprig/index.ts')).sprigFunctions;
}
