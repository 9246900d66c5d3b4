import type { JsonObject } from '../../helm/index.ts';
import type { KubeClient, KubeObject, KubeResource } from '../../kube/index.ts';
import { describeResource } from './resource.ts';

/** Applies objects one after another; resolves to what was applied, as `kind/name`. @throws KUBE_*, NET_* */
export async function applyObjects(client: KubeClient, objects: readonly JsonObject[]): Promise<string[]> {
  const applied: string[] = [];
  for (const object of objects) {
    const resource = describeResource(object);
    await client.apply(resource, object as unknown as KubeObject);
    applied.push(nameOf(resource, object as unknown as KubeObject));
  }
  return applied;
}

function nameOf({ kind, group }: KubeResource, { metadata: { name } }: KubeObject): string {
  return `${[kind.toLowerCase(), group].filter(Boolean).join('.')}/${name}`;
}
