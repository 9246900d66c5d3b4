import { isObject } from '../kit/json-value.ts';
import { kubeError } from './errors.ts';
import { apiVersionOf, type KubeObject, type KubeResource } from './resource.ts';

/** The objects of a list, each with the kind that only the list says. @throws KUBE_ANSWER_INVALID */
export function readItems(page: KubeObject, resource: KubeResource, action: string): KubeObject[] {
  const items: unknown = page['items'];
  if (!Array.isArray(items) || !isObject(page.metadata)) {
    throw kubeError('KUBE_ANSWER_INVALID', { data: { action, reason: 'it is no list' } });
  }
  const { kind } = resource;
  return items.filter(isKubeObject).map((item) => ({ apiVersion: apiVersionOf(resource), kind, ...item }));
}

/** Whether a value has a name, which is all that is relied upon. */
export function isKubeObject(value: unknown): value is KubeObject {
  return isObject(value) && isObject(value['metadata']) && typeof value['metadata']['name'] === 'string';
}
