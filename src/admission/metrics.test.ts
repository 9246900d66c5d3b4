import { expect, test } from 'vitest';
import { openMetrics } from './metrics.ts';

const followed = new Map([
  ['clusterpolicies.kyverno.io', true],
  ['policies.kyverno.io', false],
]);
const state = { policies: 2, rules: 3, certificateUntil: new Date('2030-01-01T00:00:00Z'), followed };
const seen = { purpose: 'validate', outcome: 'denied', operation: 'CREATE', kind: 'Pod', milliseconds: 3 } as const;

test('what happened is read as Prometheus reads it', async () => {
  const metrics = await openMetrics(() => state);
  metrics.review({ ...seen, denials: [{ policy: 'p', rule: 'r' }] });
  metrics.refusal('too-large');
  metrics.fact('evidence', 'memory');
  metrics.lookup('digest', false);
  metrics.reload('policies', false);
  const { text, type } = await metrics.render();
  expect(type).toContain('text/plain');
  for (const line of [
    'plimsoll_admission_reviews_total{purpose="validate",verdict="denied",operation="CREATE",kind="Pod"} 1',
    'plimsoll_admission_denials_total{policy="p",rule="r",enforced="true"} 1',
    'plimsoll_admission_refused_total{reason="too-large"} 1',
    'plimsoll_admission_refused_total{reason="client"} 0',
    'plimsoll_admission_facts_total{kind="evidence",origin="memory"} 1',
    'plimsoll_admission_lookups_total{kind="digest",known="false"} 1',
    'plimsoll_admission_reloads_total{what="policies",used="false"} 1',
    'plimsoll_admission_review_duration_seconds_bucket{le="0.005",purpose="validate"} 1',
    'plimsoll_admission_policies 2',
    'plimsoll_admission_cluster_reachable{resource="clusterpolicies.kyverno.io"} 1',
    'plimsoll_admission_cluster_reachable{resource="policies.kyverno.io"} 0',
    'plimsoll_admission_rules 3',
    `plimsoll_admission_certificate_expiry_timestamp_seconds ${state.certificateUntil.getTime() / 1000}`,
  ]) {
    expect(text).toContain(`${line}\n`);
  }
  expect(text).toContain('process_resident_memory_bytes');
});

test('names that come from outside make no metrics without end', async () => {
  const metrics = await openMetrics(() => state);
  for (let at = 0; at < 600; at++) {
    metrics.review({ ...seen, kind: `K${at}`, operation: `O${at}`, denials: [{ policy: `p${at}`, rule: 'r' }] });
  }
  const { text } = await metrics.render();
  expect(text.match(/^plimsoll_admission_denials_total\{/gm)).toHaveLength(501);
  expect(text.match(/^plimsoll_admission_reviews_total\{/gm)).toHaveLength(1);
});
