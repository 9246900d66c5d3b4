import type { RuleResult } from '../model/decision.ts';
import type { ObjectName } from '../model/request.ts';
import { formatPolicyName } from './report.ts';

/** A result as reports of Kubernetes have it (wgpolicyk8s.io/v1alpha2, openreports.io/v1alpha1). */
export function toReportResult(
  { group, version, kind, namespace, name }: ObjectName,
  result: RuleResult,
  at: Date,
): object {
  const { policy, rule, outcome, message } = result;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return {
    source: 'plimsoll',
    policy: formatPolicyName(policy),
    rule,
    message,
    result: outcome,
    scored: outcome !== 'warn',
    ...(policy.category !== undefined && { category: policy.category }),
    ...(policy.severity !== undefined && { severity: policy.severity }),
    resources: [{ apiVersion, kind, name, ...(namespace !== '' && { namespace }) }],
    timestamp: { seconds: Math.floor(at.getTime() / 1000), nanos: 0 },
  };
}
