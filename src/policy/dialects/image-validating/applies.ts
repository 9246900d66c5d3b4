import type { Fields } from '../../model/fields.ts';
import type { RequestRule } from '../../model/policy.ts';
import type { BindRequest } from './bindings.ts';
import type { Compile } from './cel/compile.ts';
import { checkConditions, readConditions } from './conditions.ts';
import { readConstraints } from './constraints.ts';
import type { ImageException } from './exceptions.ts';

interface Guard {
  readonly fields: Fields;
  readonly compile: Compile;
  readonly bind: BindRequest;
  readonly exceptions: readonly ImageException[];
}

/** Whether a policy is for a request: constraints, conditions, exceptions. @throws POLICY_INVALID */
export function makeApplies({ fields, compile, bind, exceptions }: Guard): RequestRule['applies'] {
  const constraints = readConstraints(fields);
  const conditions = readConditions(fields, compile);
  const failsOpen = fields.choice('failurePolicy', ['Fail', 'Ignore']) === 'Ignore';
  return (request, asks) => {
    if (constraints(request, asks) !== true) return { kind: 'no' };
    const bindings = bind(request, asks);
    if (bindings === undefined) return { kind: 'no' };
    const outcome = checkConditions(conditions, bindings);
    if (outcome === false) return { kind: 'no' };
    if (outcome !== true) return failsOpen ? { kind: 'no' } : { kind: 'error', message: outcome };
    const exception = exceptions.find((one) => one.frees(bindings, request.at));
    if (exception === undefined) return { kind: 'yes', scope: { now: request.at, values: {} } };
    return { kind: 'skip', message: `rule is skipped due to policy exception ${exception.name}` };
  };
}
