import { RE2JS } from 're2js';
import { describeError } from '../../../core/index.ts';
import { exactly, type TemplateFunction } from '../function.ts';
import { callError } from '../position.ts';
import { boundedLength } from './bounds.ts';

type Matcher = ReturnType<RE2JS['matcher']>;

type Compile = (pattern: string) => RE2JS;

/** Functions of regular expressions, which run on RE2: in time that is linear in the text. */
export function regexFunctions(): readonly (readonly [string, TemplateFunction])[] {
  const compile = makeCompile();
  return withMust([
    ['regexMatch', exactly(2, (args) => compile(args.text(0)).matcher(args.text(1)).find())],
    ['regexFind', exactly(2, (args) => findAll(compile(args.text(0)), args.text(1), 1)[0] ?? '')],
    ['regexFindAll', exactly(3, (args) => findAll(compile(args.text(0)), args.text(1), args.integer(2)))],
    [
      'regexReplaceAll',
      exactly(3, (args) => replaceAll(compile(args.text(0)), args.text(1), (matcher) => expand(args.text(2), matcher))),
    ],
    [
      'regexReplaceAllLiteral',
      exactly(3, (args) => replaceAll(compile(args.text(0)), args.text(1), () => args.text(2))),
    ],
    ['regexSplit', exactly(3, (args) => split(compile(args.text(0)), args.text(1), args.integer(2)))],
    ['regexQuoteMeta', exactly(1, (args) => args.text(0).replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'))],
  ]);
}

/** The functions under their names with `must` too, which differ only in how Go tells of an error. */
function withMust(
  functions: readonly (readonly [string, TemplateFunction])[],
): readonly (readonly [string, TemplateFunction])[] {
  return functions.flatMap(([name, made]) => [
    [name, made] as const,
    [`must${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, made] as const,
  ]);
}

const maxCompiled = 100;

/** Keeps what was compiled, as a template asks for the same pattern again and again. */
function makeCompile(): Compile {
  const compiled = new Map<string, RE2JS>();
  return (pattern) => {
    const known = compiled.get(pattern);
    if (known !== undefined) return known;
    if (compiled.size >= maxCompiled) compiled.clear();
    const made = compileOne(pattern);
    compiled.set(pattern, made);
    return made;
  };
}

function compileOne(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw callError(`${JSON.stringify(pattern)} is not a regular expression: ${describeError(error)}`);
  }
}

function findAll(regex: RE2JS, text: string, count: number): string[] {
  const matcher = regex.matcher(text);
  const found: string[] = [];
  while (found.length !== count && matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

function replaceAll(regex: RE2JS, text: string, replacement: (matcher: Matcher) => string): string {
  const matcher = regex.matcher(text);
  let replaced = '';
  let from = 0;
  while (matcher.find()) {
    replaced += text.slice(from, matcher.start()) + replacement(matcher);
    boundedLength(replaced.length);
    from = matcher.end();
  }
  return replaced + text.slice(from);
}

/** Puts groups into a replacement: `$1`, `${1}` and `${name}`; `$$` is a dollar (regexp.Expand of Go). */
function expand(replacement: string, matcher: Matcher): string {
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    return name === undefined ? whole.slice(1) : groupOf(matcher, name);
  });
}

/** A group that the expression does not have is empty. */
function groupOf(matcher: Matcher, name: string): string {
  if (/^\d+$/.test(name)) return Number(name) <= matcher.groupCount() ? (matcher.group(Number(name)) ?? '') : '';
  return matcher.getNamedGroups()[name] ?? '';
}

function split(regex: RE2JS, text: string, count: number): string[] {
  if (count === 0) return [];
  const matcher = regex.matcher(text);
  const parts: string[] = [];
  let from = 0;
  while (parts.length + 1 !== count && matcher.find()) {
    if (matcher.end() === 0 && matcher.start() === 0) continue;
    parts.push(text.slice(from, matcher.start()));
    from = matcher.end();
  }
  return [...parts, text.slice(from)];
}
