import type { JsonObject } from '../../helm/index.ts';
import type { KubeResource } from '../../kube/index.ts';

/** Where objects of a kind lie in the API, by its usual plural: all kinds of the chart have it. */
export function describeResource({ apiVersion, kind }: JsonObject): KubeResource {
  const [group = '', version] = String(apiVersion).split('/');
  const name = String(kind);
  const plural = name.toLowerCase().replace(/y$/, 'ie');
  const place = version === undefined ? { group: '', version: group } : { group, version };
  return { ...place, plural: `${plural}s`, kind: name };
}
