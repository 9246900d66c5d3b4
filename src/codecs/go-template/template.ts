import { Budget, defaultLimits, type TemplateLimits } from './budget.ts';
import { builtins } from './builtins.ts';
import { type Execution, executeTemplate } from './execute.ts';
import { exactly, type FunctionMap } from './function.ts';
import { parseNodes } from './parse.ts';
import type { Source } from './position.ts';
import type { Value } from './value.ts';

export interface TemplateOptions {
  /** In messages, for example the file's name. */
  readonly name: string;
  /** Beside the builtin ones, which they may replace. */
  readonly functions?: FunctionMap;
  /** Texts whose definitions can be used as one's own, also with `include NAME VALUE`, which gives text as Helm has it. */
  readonly libraries?: readonly Source[];
  readonly limits?: Partial<TemplateLimits>;
}

/** A parsed template. */
export interface Template {
  /** Runs it over a value, and gives what it writes piece by piece. @throws CODEC_TEMPLATE_FAILED, CODEC_LIMIT */
  readonly execute: (data: Value, write: (text: string) => void) => void;
}

/** Parses a template in the language of Go's text/template. @throws CODEC_TEMPLATE_INVALID */
export function parseTemplate(text: string, options: TemplateOptions): Template {
  const { libraries, limits, name } = options;
  const functions: FunctionMap = new Map([...builtins, ...(options.functions ?? [])]);
  const engine = new Set(['and', 'or', ...(libraries === undefined ? [] : ['include'])]);
  const source = { name, text };
  const parsed = [...(libraries ?? []), source].map((part) =>
    parseNodes(part, (word) => functions.has(word) || engine.has(word)),
  );
  const templates = new Map(parsed.flatMap((part) => [...part]));
  return {
    execute: (data, write) => {
      const budget = new Budget({ ...defaultLimits, ...limits });
      const run = { source, functions, templates, budget, write };
      executeTemplate(libraries === undefined ? run : withInclude(run), name, data, 0);
    },
  };
}

/** Adds `include`, which runs a template and gives what it writes. */
function withInclude(run: Execution): Execution {
  const include = exactly(2, (args) => {
    const parts: string[] = [];
    executeTemplate({ ...within, write: (text) => parts.push(text) }, args.text(0), args.value(1), 0);
    return parts.join('');
  });
  const within: Execution = { ...run, functions: new Map([...run.functions, ['include', include]]) };
  return within;
}

/** What a template writes over a value, as one text. @throws CODEC_TEMPLATE_INVALID, CODEC_TEMPLATE_FAILED, CODEC_LIMIT */
export function renderTemplate(text: string, data: Value, options: TemplateOptions): string {
  const parts: string[] = [];
  parseTemplate(text, options).execute(data, (part) => parts.push(part));
  return parts.join('');
}
