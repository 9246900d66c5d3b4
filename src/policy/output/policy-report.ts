import { stringify } from 'yaml';
import { countOutcomes, type PolicyReport } from './report.ts';
import { toReportResult } from './report-result.ts';

/** Reports as Kubernetes has them (wgpolicyk8s.io/v1alpha2): one a namespace, and one for what is in none. */
export function renderPolicyReport(report: PolicyReport): string {
  const byNamespace = Map.groupBy(report.decisions, ({ object }) => object.namespace);
  const documents = [...byNamespace].map(([namespace, decisions]) => {
    const isNamespaced = namespace !== '';
    return stringify({
      apiVersion: 'wgpolicyk8s.io/v1alpha2',
      kind: isNamespaced ? 'PolicyReport' : 'ClusterPolicyReport',
      metadata: { name: 'plimsoll', ...(isNamespaced && { namespace }) },
      results: decisions.flatMap(({ object, results }) =>
        results.map((result) => toReportResult(object, result, report.at)),
      ),
      summary: countOutcomes({ decisions }),
    });
  });
  return documents.join('---\n');
}
