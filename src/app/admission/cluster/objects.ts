import type { Clock } from '../../../core/index.ts';
import { lastUsed } from '../../../kit/lru.ts';
import type { KubeClient } from '../../../kube/index.ts';
import { factMissing, type JsonObject, type Need } from '../../../policy/index.ts';
import { lookedUpResources } from './data.ts';

type ObjectNeed = Need & { readonly kind: 'object' };

/** Milliseconds for which an object is what it was; as long as an API server may take to tell others of a change. */
const freshFor = 5000;
const maxKept = 1000;

/** Looks objects up in the cluster, each once in five seconds. @throws POLICY_FACT_MISSING, NET_*, KUBE_*; then nothing may depend on it */
export function objectsOfCluster(
  client: KubeClient,
  clock: Clock,
): (need: ObjectNeed) => Promise<JsonObject | undefined> {
  const slot = lastUsed(maxKept, (_key: string): { until: number; found?: Promise<JsonObject | undefined> } => ({
    until: 0,
  }));
  return async (need) => {
    const kept = slot([need.objectKind, need.namespace ?? '', need.name].join(' '));
    const now = clock.now().getTime();
    if (kept.found !== undefined && now < kept.until) return kept.found;
    const found = find(client, need);
    Object.assign(kept, { found, until: now + freshFor });
    // A failure is no answer: whoever asks next asks anew.
    found.catch(() => {
      kept.until = 0;
    });
    return found;
  };
}

async function find(client: KubeClient, { objectKind, namespace, name }: ObjectNeed): Promise<JsonObject | undefined> {
  const resource = lookedUpResources.find(({ kind }) => kind === objectKind);
  if (resource === undefined) throw factMissing([objectKind, namespace, name].filter(Boolean).join(' '));
  const isSpread = objectKind !== 'Namespace';
  const place = { name, ...(isSpread && { namespace: namespace ?? 'default' }) };
  const object = await client.get(resource, place);
  return object as JsonObject | undefined;
}
