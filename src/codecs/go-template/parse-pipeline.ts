import { type Cursor, describe } from './cursor.ts';
import type { Command, Operand, Pipeline } from './nodes.ts';
import type { Scope } from './scope.ts';

export interface PipelineContext {
  readonly cursor: Cursor;
  readonly scope: Scope;
  readonly isFunction: (name: string) => boolean;
}

/** Words that are values. */
const constants: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Reads up to the end of an action or parenthesis, which is not taken; a range may name two variables. */
export function parsePipeline(context: PipelineContext, maxVariables: 1 | 2): Pipeline {
  const { cursor } = context;
  cursor.skipSpace();
  const { at } = cursor.next;
  const { variables, assigns, first } = parseVariables(context, maxVariables);
  const commands = [parseCommand(context, first)];
  while (cursor.accept('symbol', '|')) {
    cursor.skipSpace();
    commands.push(parseCommand(context));
  }
  checkStages(context, commands);
  declare(context, variables, assigns, at);
  return { variables, assigns, commands, at };
}

interface Variables {
  readonly variables: readonly string[];
  readonly assigns: boolean;
  /** A variable that turned out to be a value. */
  readonly first?: Operand;
}

function parseVariables(context: PipelineContext, max: 1 | 2): Variables {
  const { cursor } = context;
  const token = cursor.accept('variable');
  if (token === undefined) return { variables: [], assigns: false };
  const spaced = cursor.accept('space') !== undefined;
  const variables = [token.text];
  if (max === 2 && cursor.accept('symbol', ',')) {
    cursor.skipSpace();
    variables.push(cursor.expect('variable', 'a variable').text);
    cursor.skipSpace();
  }
  const operator = cursor.accept('symbol', ':=') ?? cursor.accept('symbol', '=');
  if (operator !== undefined) {
    cursor.skipSpace();
    return { variables, assigns: operator.text === '=' };
  }
  if (variables.length > 1) cursor.fail('expected := behind the variables of a range');
  const variable = toVariable(context, token.text, token.at);
  return { variables: [], assigns: false, first: spaced ? variable : parseFields(cursor, variable) };
}

function declare({ cursor, scope }: PipelineContext, variables: readonly string[], assigns: boolean, at: number): void {
  for (const name of variables) {
    if (!assigns) scope.declare(name);
    else if (!scope.has(name)) cursor.fail(`the variable ${name} is not defined`, at);
  }
}

/** The value of a stage is the last argument of the next one, which must so be a function. */
function checkStages({ cursor }: PipelineContext, [, ...later]: readonly Command[]): void {
  for (const { first, at } of later) {
    const takesArguments = first.kind === 'function' || first.kind === 'field' || first.kind === 'pipeline';
    if (!takesArguments && first.kind !== 'variable') cursor.fail('a value cannot be piped into a value', at);
  }
}

function parseCommand(context: PipelineContext, given?: Operand): Command {
  const { cursor } = context;
  const first = given ?? parseOperand(context);
  const rest: Operand[] = [];
  cursor.skipSpace();
  while (!endsCommand(cursor)) {
    rest.push(parseOperand(context));
    if (!cursor.accept('space') && !endsCommand(cursor)) cursor.fail(`unexpected ${describe(cursor.next)}`);
  }
  return { first, rest, at: first.at };
}

function endsCommand({ next }: Cursor): boolean {
  return (
    next.kind === 'close' || next.kind === 'end' || (next.kind === 'symbol' && (next.text === '|' || next.text === ')'))
  );
}

function parseOperand(context: PipelineContext): Operand {
  return parseFields(context.cursor, parseTerm(context));
}

/** Fields right behind a value: `$x.Name`, `(index .List 0).Name`. */
function parseFields(cursor: Cursor, of: Operand): Operand {
  let operand = of;
  for (let field = cursor.accept('field'); field !== undefined; field = cursor.accept('field')) {
    if (operand.kind === 'literal' || operand.kind === 'nil') cursor.fail('a constant has no fields', field.at);
    operand = { kind: 'field', of: operand, name: field.text, at: field.at };
  }
  return operand;
}

function parseTerm(context: PipelineContext): Operand {
  const { cursor } = context;
  const token = cursor.next;
  switch (token.kind) {
    case 'literal':
      return { kind: 'literal', value: cursor.take().value, at: token.at };
    case 'field':
      return { kind: 'dot', at: token.at };
    case 'variable':
      return toVariable(context, cursor.take().text, token.at);
    case 'word':
      return toWord(context, cursor.take().text, token.at);
    default:
      return parseSymbol(context);
  }
}

function parseSymbol(context: PipelineContext): Operand {
  const { cursor } = context;
  const { at } = cursor.next;
  if (cursor.accept('symbol', '.')) return { kind: 'dot', at };
  if (!cursor.accept('symbol', '(')) cursor.fail(`expected a value, found ${describe(cursor.next)}`);
  const pipeline = cursor.nested(() => parsePipeline(context, 1));
  if (!cursor.accept('symbol', ')')) cursor.fail('the parenthesis does not end', at);
  return { kind: 'pipeline', pipeline, at };
}

function toVariable({ cursor, scope }: PipelineContext, name: string, at: number): Operand {
  if (!scope.has(name)) cursor.fail(`the variable ${name} is not defined`, at);
  return { kind: 'variable', name, at };
}

function toWord({ cursor, isFunction }: PipelineContext, name: string, at: number): Operand {
  const value = constants.get(name);
  if (value !== undefined) return { kind: 'literal', value, at };
  if (name === 'nil') return { kind: 'nil', at };
  if (!isFunction(name)) cursor.fail(`the function ${name} is not defined`, at);
  return { kind: 'function', name, at };
}
