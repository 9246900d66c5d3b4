import type { AdmissionRules, EventSink, Meter, RecheckCounts, ReportSink } from '../../../admission/index.ts';
import { type Clock, describeError, type Logger } from '../../../core/index.ts';
import { mapPooled } from '../../../kit/pool.ts';
import { sleep as realSleep } from '../../../kit/sleep.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { KubeClient, KubeObject } from '../../../kube/index.ts';
import { type Decision, type JsonObject, matchesWildcard, nameOf, settle } from '../../../policy/index.ts';
import { workloadResources } from './data.ts';

export interface RecheckOptions extends ReportSink, EventSink {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly meter: Pick<Meter, 'recheck'>;
  readonly signal: AbortSignal;
  /** Names of namespaces, with wildcards, that are not judged. */
  readonly excludedNamespaces: readonly string[];
  /** The rules of this moment. */
  readonly rules: () => AdmissionRules;
}

const width = 4;
const maxMessage = 1024;

/** Judges everything that runs again and again, until the signal fires. Nothing is ever evicted or changed. */
export async function keepRechecking(milliseconds: number, options: RecheckOptions): Promise<void> {
  const { signal, log, meter } = options;
  while (!signal.aborted) {
    await realSleep(milliseconds, signal).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const counts = await recheck(options);
      meter.recheck(counts);
      log.info('What runs was judged again', { ...counts });
    } catch (error) {
      log.warn('What runs could not be judged again', { reason: describeError(error) });
    }
  }
}

/** Judges everything that runs as if it came today. @throws KUBE_*, NET_* when it cannot be listed */
export async function recheck(options: RecheckOptions): Promise<RecheckCounts> {
  const { client, signal } = options;
  const counts = { allowed: 0, denied: 0, errors: 0 };
  for (const resource of workloadResources) {
    const listed = await client.list(resource, { signal });
    const own = listed?.items.filter(({ metadata }) => isJudged(metadata, options)) ?? [];
    for (const outcome of await mapPooled(own, width, (object) => judge(object, options))) counts[outcome]++;
  }
  return counts;
}

async function judge(object: KubeObject, options: RecheckOptions): Promise<keyof RecheckCounts> {
  const { clock, rules, report, event, signal } = options;
  signal.throwIfAborted();
  const { policies, gather } = rules();
  const at = clock.now();
  const judged = object as unknown as JsonObject;
  try {
    const decision = await settle({ operation: 'CREATE', object: judged, at }, policies, gather);
    const { uid } = object.metadata;
    report({ at, object: decision.object, results: decision.results, ...(uid !== undefined && { uid }) });
    if (decision.allowed) return 'allowed';
    const message = toLine(denialOf(decision));
    event({ at, object: decision.object, type: 'Warning', reason: 'PolicyViolation', message });
    return 'denied';
  } catch (error) {
    const message = toLine(describeError(error));
    event({ at, object: nameOf(judged), type: 'Warning', reason: 'PolicyError', message });
    return 'errors';
  }
}

/** What a controller made is judged with what it was made from, and namespaces that reviews leave out are left out. */
function isJudged({ ownerReferences, namespace = '' }: KubeObject['metadata'], options: RecheckOptions): boolean {
  if (Array.isArray(ownerReferences) && ownerReferences.some((owner) => owner?.controller === true)) return false;
  return !options.excludedNamespaces.some((pattern) => matchesWildcard(pattern, namespace));
}

function denialOf({ results }: Decision): string {
  const denials = results
    .filter(({ denies }) => denies)
    .map(({ policy, rule, message }) => `${policy.name}, ${rule}: ${message}`);
  return `it would not be let in today: ${denials.join('; ')}`;
}

/** What policies and registries say, as an event may have it. */
function toLine(text: string): string {
  return toVisibleLine(text).slice(0, maxMessage);
}
