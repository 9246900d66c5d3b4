import { type AppError, isAppError } from '../../core/index.ts';
import type { Budget } from './budget.ts';
import type { Frame } from './frame.ts';
import { Arguments, type FunctionMap } from './function.ts';
import { isTrue, typeOf } from './kind.ts';
import type { Command, Operand, Pipeline } from './nodes.ts';
import { executionError, type Source } from './position.ts';
import { isMap, Struct, type Value } from './value.ts';

export interface Evaluation {
  readonly source: Source;
  readonly functions: FunctionMap;
  readonly budget: Budget;
}

/** Where an expression stands: the value of the dot, and the variables. */
export interface Context {
  readonly dot: Value;
  readonly frame: Frame;
}

/** Values of the stages before, as the last argument of the next: none or one. */
type Piped = readonly [] | readonly [Value];

/** The value of a pipeline; variables that it declares or sets are set. @throws CODEC_TEMPLATE_FAILED, CODEC_LIMIT */
export function evaluatePipeline(run: Evaluation, pipeline: Pipeline, context: Context): Value {
  const value = evaluateStages(run, pipeline, context);
  for (const name of pipeline.variables) {
    if (pipeline.assigns) context.frame.assign(name, value);
    else context.frame.declare(name, value);
  }
  return value;
}

/** The value of a pipeline whose variables are set by somebody else, as those of a range. */
export function evaluateStages(run: Evaluation, { commands }: Pipeline, context: Context): Value {
  let piped: Piped = [];
  for (const command of commands) piped = [evaluateCommand(run, command, context, piped)];
  return piped[0];
}

function evaluateCommand(run: Evaluation, { first, rest, at }: Command, context: Context, piped: Piped): Value {
  run.budget.step();
  if (first.kind === 'function') return call(run, first.name, { rest, at }, context, piped);
  if (rest.length + piped.length > 0) throw executionError(run.source, at, 'what takes no arguments was given some');
  if (first.kind === 'nil') throw executionError(run.source, at, 'nil is no command');
  return evaluateOperand(run, first, context);
}

function evaluateOperand(run: Evaluation, operand: Operand, context: Context): Value {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'nil':
      return undefined;
    case 'dot':
      return context.dot;
    case 'variable':
      return context.frame.get(operand.name);
    case 'function':
      return call(run, operand.name, { rest: [], at: operand.at }, context, []);
    case 'pipeline':
      return context.frame.inside(() => evaluatePipeline(run, operand.pipeline, context));
    case 'field':
      return readField(run, operand, evaluateOperand(run, operand.of, context));
    default:
      return operand satisfies never;
  }
}

function readField(run: Evaluation, { name, at }: Operand & { readonly kind: 'field' }, value: Value): Value {
  if (isMap(value)) return value.get(name);
  if (value instanceof Struct && value.has(name)) return value.read(name);
  const reason = value === undefined ? `nothing has the field ${name}` : `${typeOf(value)} has no field ${name}`;
  throw executionError(run.source, at, reason);
}

interface Call {
  readonly rest: readonly Operand[];
  readonly at: number;
}

function call(run: Evaluation, name: string, { rest, at }: Call, context: Context, piped: Piped): Value {
  if (name === 'and' || name === 'or') return decide(run, name, { rest, at }, context, piped);
  const made = run.functions.get(name);
  const count = rest.length + piped.length;
  const most = made?.most ?? Number.POSITIVE_INFINITY;
  if (made === undefined || count < made.least || count > most) {
    throw executionError(run.source, at, `${name} was given ${count} arguments`);
  }
  const values = rest.map((operand) => evaluateOperand(run, operand, context));
  run.budget.step();
  try {
    const value = made.call(new Arguments([...values, ...piped]));
    if (typeof value === 'string') run.budget.write(value);
    return value;
  } catch (error) {
    throw placed(run.source, name, at, error);
  }
}

/** `and` and `or` give the argument that decides, and do not look at those behind it. */
function decide(run: Evaluation, name: 'and' | 'or', { rest, at }: Call, context: Context, piped: Piped): Value {
  if (rest.length + piped.length === 0) throw executionError(run.source, at, `${name} was given 0 arguments`);
  let value: Value;
  for (const operand of rest) {
    value = evaluateOperand(run, operand, context);
    if (isTrue(value) === (name === 'or')) return value;
  }
  return piped.length > 0 ? piped[0] : value;
}

function placed(source: Source, name: string, at: number, error: unknown): unknown {
  if (!isAppError(error, 'CODEC_TEMPLATE_CALL')) return error;
  return executionError(source, at, `${name}: ${(error as AppError).data['reason']}`, error);
}
