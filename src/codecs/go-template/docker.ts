import { atLeast, exactly, type FunctionMap, type TemplateFunction } from './function.ts';
import { toJson } from './json.ts';
import { callError } from './position.ts';
import { printValue } from './print.ts';
import { toTitle } from './title.ts';

/** Characters that one padding may add. */
const maxPadding = 1000;

/** The functions that `docker inspect --format` and its kin know beside Go's own. */
export const dockerFunctions: FunctionMap = new Map<string, TemplateFunction>([
  ['json', exactly(1, (args) => toJson(args.value(0), { indent: 0, escapesHtml: false }))],
  [
    'join',
    exactly(2, (args) =>
      args
        .list(0)
        .map((item) => printValue(item))
        .join(args.text(1)),
    ),
  ],
  ['split', exactly(2, (args) => args.text(0).split(args.text(1)))],
  ['title', exactly(1, (args) => toTitle(args.text(0)))],
  ['lower', exactly(1, (args) => args.text(0).toLowerCase())],
  ['upper', exactly(1, (args) => args.text(0).toUpperCase())],
  ['pad', exactly(3, (args) => padded(args.text(0), args.integer(1), args.integer(2)))],
  ['truncate', exactly(2, (args) => args.text(0).slice(0, Math.max(0, args.integer(1))))],
  ['println', atLeast(0, (args) => `${args.values.map((value) => printValue(value)).join(' ')}\n`)],
]);

function padded(text: string, before: number, after: number): string {
  if (before < 0 || after < 0 || before + after > maxPadding) throw callError(`a padding is over ${maxPadding}`);
  return text === '' ? text : ' '.repeat(before) + text + ' '.repeat(after);
}
