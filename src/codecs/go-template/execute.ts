import type { Context, Evaluation } from './evaluate.ts';
import { evaluatePipeline, evaluateStages } from './evaluate.ts';
import { Frame } from './frame.ts';
import { isTrue, typeOf } from './kind.ts';
import type { Branch, Node } from './nodes.ts';
import type { ParsedTemplates } from './parse.ts';
import { executionError } from './position.ts';
import { printValue } from './print.ts';
import { isList, isMap, sortedEntries, type Value } from './value.ts';

export interface Execution extends Evaluation {
  readonly templates: ParsedTemplates;
  readonly write: (text: string) => void;
}

/** How a list of nodes ended: `break` and `continue` reach to the range around them. */
type Flow = 'on' | 'break' | 'continue';

export function executeTemplate(run: Execution, name: string, dot: Value, at: number): void {
  const definition = run.templates.get(name);
  if (definition === undefined) throw executionError(run.source, at, `there is no template ${JSON.stringify(name)}`);
  const { source, nodes } = definition;
  run.budget.nested(() => executeNodes({ ...run, source }, nodes, { dot, frame: new Frame(dot) }));
}

function executeNodes(run: Execution, nodes: readonly Node[], context: Context): Flow {
  for (const node of nodes) {
    const flow = executeNode(run, node, context);
    if (flow !== 'on') return flow;
  }
  return 'on';
}

function executeNode(run: Execution, node: Node, context: Context): Flow {
  run.budget.step();
  switch (node.kind) {
    case 'text':
      write(run, node.text);
      return 'on';
    case 'action': {
      const value = evaluatePipeline(run, node.pipeline, context);
      if (node.pipeline.variables.length === 0) write(run, value === undefined ? '<no value>' : printValue(value));
      return 'on';
    }
    case 'template': {
      const dot = node.pipeline && evaluatePipeline(run, node.pipeline, context);
      executeTemplate(run, node.name, dot, node.at);
      return 'on';
    }
    case 'break':
    case 'continue':
      return node.kind;
    default:
      return context.frame.inside(() => executeBranch(run, node, context));
  }
}

function write(run: Execution, text: string): void {
  run.budget.write(text);
  run.write(text);
}

function executeBranch(run: Execution, branch: Branch, context: Context): Flow {
  if (branch.kind === 'range') return executeRange(run, branch, context);
  const value = evaluatePipeline(run, branch.pipeline, context);
  if (!isTrue(value)) return executeNodes(run, branch.otherwise, context);
  return executeNodes(run, branch.body, branch.kind === 'with' ? { ...context, dot: value } : context);
}

function executeRange(run: Execution, branch: Branch, context: Context): Flow {
  const { pipeline, body, otherwise, at } = branch;
  const value = evaluateStages(run, pipeline, context);
  let isEmpty = true;
  for (const [key, item] of itemsOf(run, value, at)) {
    isEmpty = false;
    run.budget.step();
    const flow = context.frame.inside(() => {
      setVariables(branch, context.frame, key, item);
      return executeNodes(run, body, { ...context, dot: item });
    });
    if (flow === 'break') break;
  }
  return isEmpty ? executeNodes(run, otherwise, context) : 'on';
}

/** One variable takes the item, two take key and item. */
function setVariables({ pipeline }: Branch, frame: Frame, key: Value, item: Value): void {
  const values = pipeline.variables.length === 1 ? [item] : [key, item];
  for (const [index, name] of pipeline.variables.entries()) {
    if (pipeline.assigns) frame.assign(name, values[index]);
    else frame.declare(name, values[index]);
  }
}

function* itemsOf(run: Execution, value: Value, at: number): Generator<readonly [Value, Value]> {
  if (isList(value)) {
    for (const [index, item] of value.entries()) yield [BigInt(index), item];
  } else if (isMap(value)) {
    yield* sortedEntries(value);
  } else if (typeof value === 'bigint') {
    for (let index = 0n; index < value; index++) yield [index, index];
  } else if (value !== undefined) {
    throw executionError(run.source, at, `a ${typeOf(value)} cannot be gone through`);
  }
}
