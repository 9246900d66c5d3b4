import { Budget, defaultLimits, type TemplateLimits } from './budget.ts';
import { builtins } from './builtins.ts';
import { executeTemplate } from './execute.ts';
import type { FunctionMap } from './function.ts';
import { parseNodes } from './parse.ts';
import type { Value } from './value.ts';

export interface TemplateOptions {
  /** In messages, for example the file's name. */
  readonly name: string;
  /** Beside the builtin ones, which they may replace. */
  readonly functions?: FunctionMap;
  readonly limits?: Partial<TemplateLimits>;
}

/** A parsed template. */
export interface Template {
  /** Runs it over a value, and gives what it writes piece by piece. @throws CODEC_TEMPLATE_FAILED, CODEC_LIMIT */
  readonly execute: (data: Value, write: (text: string) => void) => void;
}

/** Parses a template in the language of Go's text/template. @throws CODEC_TEMPLATE_INVALID */
export function parseTemplate(text: string, options: TemplateOptions): Template {
  const functions: FunctionMap = new Map([...builtins, ...(options.functions ?? [])]);
  const source = { name: options.name, text };
  const templates = parseNodes(source, (name) => functions.has(name) || name === 'and' || name === 'or');
  return {
    execute: (data, write) => {
      const budget = new Budget({ ...defaultLimits, ...options.limits });
      executeTemplate({ source, functions, templates, budget, write }, source.name, data, 0);
    },
  };
}

/** What a template writes over a value, as one text. @throws CODEC_TEMPLATE_INVALID, CODEC_TEMPLATE_FAILED, CODEC_LIMIT */
export function renderTemplate(text: string, data: Value, options: TemplateOptions): string {
  const parts: string[] = [];
  parseTemplate(text, options).execute(data, (part) => parts.push(part));
  return parts.join('');
}
