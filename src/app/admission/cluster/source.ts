import type { Meter } from '../../../admission/index.ts';
import type { KubeClient, KubeObject, KubeResource } from '../../../kube/index.ts';
import type { JsonObject, Need } from '../../../policy/index.ts';
import type { AppContext } from '../../context.ts';
import type { ServeAdmissionInput } from '../input.ts';
import { AcceptedPolicies, type ClusterPolicies } from './accepted.ts';
import { bindingResources, policyResources, supportResources } from './data.ts';
import { objectsOfCluster } from './objects.ts';
import { type RolesOf, rolesFrom } from './roles.ts';

/** What a cluster tells its admission server. */
export interface ClusterSource {
  readonly client: KubeClient;
  /** Policies as they are now; none when they are not taken from the cluster. */
  readonly policies: () => Promise<ClusterPolicies>;
  /** @throws POLICY_FACT_MISSING, NET_*, KUBE_* */
  readonly object: (need: Need & { readonly kind: 'object' }) => Promise<JsonObject | undefined>;
  /** Undefined when bindings cannot be read now: then rules for roles hold for everybody. */
  readonly rolesOf: RolesOf;
  /** Whether the cluster tells of changes, by the kind that is followed: `plural.group`. */
  readonly followed: () => ReadonlyMap<string, boolean>;
}

/** Milliseconds for the first look at everything. */
const patience = 30_000;
const nothing: ClusterPolicies = { texts: [], blocking: [], neverUsable: [], troubles: [] };

/** What the cluster is asked, until the signal fires; undefined when none is to be asked. @throws KUBE_*, NET_*, DISK_* */
export async function openSource(
  { cluster, compat }: ServeAdmissionInput,
  context: AppContext,
  { signal, meter }: { readonly signal: AbortSignal; readonly meter: Meter },
): Promise<ClusterSource | undefined> {
  if (cluster === undefined || context.cluster === undefined) return undefined;
  const client = await context.cluster(cluster.kubeconfig);
  const { Mirror } = await import('../../../kube/index.ts');
  const { log, clock } = context;
  const opened: InstanceType<typeof Mirror>[] = [];
  const mirror = (resource: KubeResource) => {
    const one = new Mirror(client, resource, { log, signal });
    opened.push(one);
    return one;
  };
  const mirrors = cluster.policies ? [...policyResources, ...supportResources].map(mirror) : [];
  await within(
    patience,
    mirrors.map(({ ready }) => ready),
    () => mirrors.map((one) => one.trouble()).find((trouble) => trouble !== undefined),
  );
  const accepted = new AcceptedPolicies(log, meter, compat);
  const objectsAmong = (resources: readonly KubeResource[]) =>
    onceEach(mirrors.filter(({ resource }) => resources.includes(resource)).flatMap((one) => one.objects()));
  return {
    client,
    policies: cluster.policies
      ? () => accepted.take(objectsAmong(policyResources), objectsAmong(supportResources))
      : async () => nothing,
    object: objectsOfCluster(client, clock),
    rolesOf: openRoles(mirror),
    followed: () => followedOf(opened),
  };
}

/** A kind is followed when each of its versions is. */
function followedOf(mirrors: readonly ReturnType<OpenMirror>[]): ReadonlyMap<string, boolean> {
  const followed = new Map<string, boolean>();
  for (const mirror of mirrors) {
    const { plural, group } = mirror.resource;
    const name = [plural, group].filter(Boolean).join('.');
    followed.set(name, mirror.trouble() === undefined && followed.get(name) !== false);
  }
  return followed;
}

/** An object is there in every version of its kind. */
function onceEach(objects: readonly KubeObject[]): KubeObject[] {
  const byId = new Map<string, KubeObject>();
  for (const object of objects) {
    const { uid, namespace, name } = object.metadata;
    const id = uid ?? [object.kind, namespace, name].join(' ');
    if (!byId.has(id)) byId.set(id, object);
  }
  return [...byId.values()];
}

type OpenMirror = (resource: KubeResource) => InstanceType<typeof import('../../../kube/index.ts').Mirror>;

/** Bindings are read from the first time on that somebody's roles are asked for. */
function openRoles(mirror: OpenMirror): RolesOf {
  let bindings: readonly (ReturnType<OpenMirror> & { known?: boolean })[] | undefined;
  const known = new Set<unknown>();
  return (user) => {
    bindings ??= bindingResources.map((resource) => {
      const one = mirror(resource);
      void one.ready.then(() => known.add(one));
      return one;
    });
    const isTold = bindings.every((one) => known.has(one) && one.trouble() === undefined);
    return isTold
      ? rolesFrom(
          bindings.flatMap((one) => one.objects()),
          user,
        )
      : undefined;
  };
}

/** @throws what kept it from being done in time */
async function within(milliseconds: number, promises: readonly Promise<void>[], why: () => Error | undefined) {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(why() ?? new RangeError('the cluster does not answer')), milliseconds);
  try {
    await Promise.race([Promise.all(promises), promise]);
  } finally {
    clearTimeout(timer);
  }
}
