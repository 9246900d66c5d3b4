import { isObject } from '../../../model/json.ts';
import type { Scope } from '../../../model/policy.ts';
import { search } from './search.ts';
import { Unresolved } from './unresolved.ts';

const maxVariables = 1000;
const maxDepth = 32;
/** The innermost `{{ … }}` that is not written as `\{{`. */
const innermost = /(?<!\\)\{\{((?:(?!\{\{|\}\}).)*)\}\}/s;

/** A value with its variables filled in, at any depth. @throws Unresolved */
export function substitute(value: unknown, scope: Scope, depth = 0): unknown {
  if (depth > maxDepth) throw new Unresolved(`values nest more than ${maxDepth} deep`);
  if (typeof value === 'string') return substituteText(value, scope);
  if (Array.isArray(value)) return value.map((item) => substitute(item, scope, depth + 1));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, substitute(item, scope, depth + 1)]);
  return Object.fromEntries(entries);
}

/** A text that is one variable becomes what that stands for, whatever its type. */
function substituteText(text: string, scope: Scope): unknown {
  let rest = text;
  for (let count = 0; count < maxVariables; count++) {
    const match = innermost.exec(rest);
    if (match === null) return rest.replaceAll('\\{{', '{{');
    const [whole, expression = ''] = match;
    const found = resolve(expression.trim(), scope);
    if (whole === rest.trim()) return found;
    const written = typeof found === 'string' ? found : JSON.stringify(found);
    rest = rest.slice(0, match.index) + written + rest.slice(match.index + whole.length);
  }
  throw new Unresolved(`a text has more than ${maxVariables} variables`);
}

/** What is not there cannot be decided by. */
function resolve(expression: string, scope: Scope): unknown {
  const found = search(expression, scope);
  if (found === undefined || found === null) throw new Unresolved(`the variable {{ ${expression} }} has no value`);
  return found;
}
