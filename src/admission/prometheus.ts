import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Meter, refusals } from './meter.ts';

/** What is looked at when metrics are asked for. */
export interface MeteredState {
  readonly policies: number;
  readonly rules: number;
  /** When the certificate ends. */
  readonly certificateUntil: Date;
  /** Whether the cluster tells of changes, by the kind that is followed there: `plural.group`. */
  readonly followed: ReadonlyMap<string, boolean>;
}

/** A meter whose counts are read as Prometheus reads them. */
export interface Metrics extends Meter {
  /** The text of all metrics, and its type. */
  render(): Promise<{ readonly text: string; readonly type: string }>;
}

const prefix = 'plimsoll_admission_';
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Other kinds are one, or whoever makes kinds of objects would make metrics. */
const kinds: ReadonlySet<string> = new Set([
  'Pod',
  'PodTemplate',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);
const operations: ReadonlySet<string> = new Set(['CREATE', 'UPDATE', 'DELETE', 'CONNECT']);
/** Rules that are told apart; those of policies that come and go all the time are one. */
const maxRules = 500;

/** Metrics of an admission server and of its process. */
export function makeMetrics(state: () => MeteredState): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name: `${prefix}${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({
      name: `${prefix}${name}`,
      help,
      registers: [registry],
      collect: () => made.set(read()),
    });
  };
  gauge('policies', 'Policies that are judged by', () => state().policies);
  gauge('rules', 'Rules of all policies', () => state().rules);
  gauge(
    'certificate_expiry_timestamp_seconds',
    'When the certificate of the server ends',
    () => state().certificateUntil.getTime() / 1000,
  );
  const duration = new Histogram({
    name: `${prefix}review_duration_seconds`,
    help: 'Time from the first byte of a review to its answer',
    labelNames: ['purpose'],
    buckets,
    registers: [registry],
  });
  const reachable: Gauge<'resource'> = new Gauge({
    name: `${prefix}cluster_reachable`,
    help: 'Whether the cluster tells of changes of what is followed there; what is known may be old otherwise',
    labelNames: ['resource'],
    registers: [registry],
    collect: () => {
      for (const [resource, isTold] of state().followed) reachable.set({ resource }, Number(isTold));
    },
  });
  const running = new Gauge({
    name: `${prefix}running_objects`,
    help: 'Objects that run, by what policies said of them when they were last judged again',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return {
    ...makeCounters(counter, (purpose, seconds) => duration.observe({ purpose }, seconds)),
    recheck({ allowed, denied, errors }) {
      for (const [outcome, count] of Object.entries({ allowed, denied, error: errors }))
        running.set({ outcome }, count);
    },
    render: renderer(registry),
  };
}

function renderer(registry: Registry): Metrics['render'] {
  return async () => ({ text: await registry.metrics(), type: registry.contentType });
}

type MakeCounter = <L extends string>(name: string, help: string, labelNames: readonly L[]) => Counter<L>;

function makeCounters(
  counter: MakeCounter,
  observe: (purpose: string, seconds: number) => void,
): Omit<Meter, 'recheck'> {
  const reviews = counter('reviews_total', 'Reviews that were answered', ['purpose', 'verdict', 'operation', 'kind']);
  const denials = counter('denials_total', 'Rules that deny, by policy', ['policy', 'rule', 'enforced']);
  const exemptions = counter('exemptions_total', 'Reviews let in whatever policies say', ['reason']);
  const refused = counter('refused_total', 'Requests and connections that came to no review', ['reason']);
  const facts = counter('facts_total', 'Facts that reviews asked for, by where they were found', ['kind', 'origin']);
  const lookups = counter('lookups_total', 'Facts that registries were asked for', ['kind', 'known']);
  const reloads = counter('reloads_total', 'Files that changed, and whether they could be used', ['what', 'used']);
  const shared = counter('shared_store_total', 'Questions to the store of all replicas', ['outcome']);
  const lost = counter('lost_total', 'Records that could not be written', ['what']);
  const rule = ruleLabels();
  for (const reason of refusals) refused.inc({ reason }, 0);
  for (const reason of ['audit', 'break-glass', 'namespace']) exemptions.inc({ reason }, 0);
  for (const what of ['policies', 'cluster-policies', 'certificates']) reloads.inc({ what, used: 'false' }, 0);
  return {
    review({ purpose, outcome, operation, kind, milliseconds, denials: all, exemption }) {
      const labels = {
        operation: operations.has(operation) ? operation : 'other',
        kind: kinds.has(kind) ? kind : 'other',
      };
      reviews.inc({ purpose, verdict: outcome, ...labels });
      const enforced = String(exemption === undefined);
      for (const denial of all) denials.inc({ ...rule(denial), enforced });
      if (exemption !== undefined) exemptions.inc({ reason: exemption });
      observe(purpose, milliseconds / 1000);
    },
    refusal: (reason) => refused.inc({ reason }),
    fact: (kind, origin) => facts.inc({ kind, origin }),
    lookup: (kind, isKnown) => lookups.inc({ kind, known: String(isKnown) }),
    shared: (outcome) => shared.inc({ outcome }),
    lost: (what) => lost.inc({ what }),
    reload: (what, isUsed) => reloads.inc({ what, used: String(isUsed) }),
  };
}

interface RuleLabels {
  readonly policy: string;
  readonly rule: string;
}

function ruleLabels(): (rule: RuleLabels) => RuleLabels & Record<'policy' | 'rule', string> {
  const known = new Set<string>();
  return ({ policy, rule }) => {
    const key = JSON.stringify([policy, rule]);
    if (!known.has(key) && known.size >= maxRules) return { policy: 'other', rule: 'other' };
    known.add(key);
    return { policy, rule };
  };
}
