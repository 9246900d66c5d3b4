import type { AdmissionRules } from '../../../admission/index.ts';
import { type Clock, describeError, type Logger } from '../../../core/index.ts';
import { mapPooled } from '../../../kit/pool.ts';
import { sleep as realSleep } from '../../../kit/sleep.ts';
import type { KubeClient, KubeObject } from '../../../kube/index.ts';
import { type Decision, type JsonObject, nameOf, settle } from '../../../policy/index.ts';
import { workloadResources } from './data.ts';
import type { ToldEvent } from './events.ts';
import type { Judged } from './reports.ts';

export interface RecheckOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** The rules of this moment. */
  readonly rules: () => AdmissionRules;
  readonly report: (judged: Judged) => void;
  readonly event: (event: ToldEvent) => void;
}

/** How many objects came to what. */
export interface RecheckSummary {
  readonly judged: number;
  /** Would not be let in today. */
  readonly denied: number;
  /** Could not be judged. */
  readonly errors: number;
}

const width = 4;
const maxMessage = 1024;

/** Judges everything that runs again and again, until the signal fires. Nothing is ever evicted or changed. */
export async function keepRechecking(milliseconds: number, options: RecheckOptions): Promise<void> {
  const { signal, log } = options;
  while (!signal.aborted) {
    await realSleep(milliseconds, signal).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const { judged, denied, errors } = await recheck(options);
      log.info('What runs was judged again', { judged, denied, errors });
    } catch (error) {
      log.warn('What runs could not be judged again', { reason: describeError(error) });
    }
  }
}

/** Judges everything that runs as if it came today. @throws KUBE_*, NET_* when it cannot be listed */
export async function recheck(options: RecheckOptions): Promise<RecheckSummary> {
  const { client, signal } = options;
  const counts = { judged: 0, denied: 0, errors: 0 };
  for (const resource of workloadResources) {
    const listed = await client.list(resource, { signal });
    const own = listed?.items.filter(({ metadata }) => !isMade(metadata)) ?? [];
    const outcomes = await mapPooled(own, width, (object) => judge(object, options));
    for (const outcome of outcomes) counts[outcome]++;
    counts.judged += own.length - outcomes.filter((outcome) => outcome === 'judged').length;
  }
  return counts;
}

async function judge(object: KubeObject, options: RecheckOptions): Promise<keyof RecheckSummary> {
  const { clock, rules, report, event, signal } = options;
  signal.throwIfAborted();
  const { policies, gather } = rules();
  const at = clock.now();
  const judged = object as unknown as JsonObject;
  try {
    const decision = await settle({ operation: 'CREATE', object: judged, at }, policies, gather);
    const { uid } = object.metadata;
    report({ at, object: decision.object, results: decision.results, ...(uid !== undefined && { uid }) });
    if (decision.allowed) return 'judged';
    const message = denialOf(decision);
    event({ at, object: decision.object, type: 'Warning', reason: 'PolicyViolation', message });
    return 'denied';
  } catch (error) {
    event({ at, object: nameOf(judged), type: 'Warning', reason: 'PolicyError', message: describeError(error) });
    return 'errors';
  }
}

/** What a controller made is judged with what it was made from. */
function isMade({ ownerReferences }: KubeObject['metadata']): boolean {
  return Array.isArray(ownerReferences) && ownerReferences.some((owner) => owner?.controller === true);
}

function denialOf({ results }: Decision): string {
  const denials = results
    .filter(({ denies }) => denies)
    .map(({ policy, rule, message }) => `${policy.name}, ${rule}: ${message}`);
  return `it would not be let in today: ${denials.join('; ')}`.slice(0, maxMessage);
}
