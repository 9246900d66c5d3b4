import type { Asks } from '../../judge/asks.ts';
import type { Scope } from '../../model/policy.ts';
import type { PolicyRequest } from '../../model/request.ts';
import type { BindRequest } from './bindings.ts';

/** The request that expressions are worked out for. */
export interface EvaluationSetting {
  readonly request: PolicyRequest;
  readonly scope: Scope;
  readonly asks: Asks;
  readonly bind: BindRequest;
  /** Of policies for one namespace. */
  readonly namespace: string | undefined;
}
