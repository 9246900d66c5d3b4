import { stringify } from 'yaml';
import type { RuleResult } from '../model/decision.ts';
import type { ObjectName } from '../model/request.ts';
import { countOutcomes, formatPolicyName, type PolicyReport } from './report.ts';

/** Reports as Kubernetes has them (wgpolicyk8s.io/v1alpha2): one a namespace, and one for what is in none. */
export function renderPolicyReport(report: PolicyReport): string {
  const byNamespace = Map.groupBy(report.decisions, ({ object }) => object.namespace);
  const documents = [...byNamespace].map(([namespace, decisions]) => {
    const isNamespaced = namespace !== '';
    return stringify({
      apiVersion: 'wgpolicyk8s.io/v1alpha2',
      kind: isNamespaced ? 'PolicyReport' : 'ClusterPolicyReport',
      metadata: { name: 'plimsoll', ...(isNamespaced && { namespace }) },
      results: decisions.flatMap(({ object, results }) => results.map((result) => toResult(object, result, report.at))),
      summary: countOutcomes({ decisions }),
    });
  });
  return documents.join('---\n');
}

function toResult({ group, version, kind, namespace, name }: ObjectName, result: RuleResult, at: Date): object {
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
