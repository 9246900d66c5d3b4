import type { FindOptions, FindSites } from '../../file-kind.ts';
import { imageSite, type Site } from '../../site.ts';
import { eachMap, readYaml, type YamlValue } from '../../yaml.ts';

/** Lists of containers, wherever a pod is described: in workloads, templates and custom resources (Kubernetes API, PodSpec). */
const containerLists: readonly string[] = ['containers', 'initContainers', 'ephemeralContainers'];
/** One container, as Argo Workflows have it. */
const containerKeys: readonly string[] = ['container', 'script'];

/** Images of containers and image volumes in all documents and lists, and what is configured for custom resources. */
export const findSites: FindSites = (text, { paths }) =>
  readYaml(text).flatMap((root) => {
    const sites: Site[] = [];
    if (root.get('apiVersion').written === undefined || root.get('kind').written === undefined) return sites;
    eachMap(root, (map) => {
      sites.push(...imagesOfPod(map).flatMap(toSite), ...configured(map, paths));
    });
    return sites;
  });

/** Where a description of a pod names images, whether there are any or not. */
export function imagesOfPod(map: YamlValue): YamlValue[] {
  return [...containerLists.flatMap((key) => map.get(key).items()), ...containerKeys.map((key) => map.get(key))]
    .map((container) => container.get('image'))
    .concat(
      map
        .get('volumes')
        .items()
        .map((volume) => volume.get('image').get('reference')),
    );
}

function configured(object: YamlValue, paths: FindOptions['paths']): Site[] {
  const kind = object.get('kind').value;
  const version = object.get('apiVersion').value;
  if (kind === undefined || version === undefined) return [];
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  const own = [kind, `${group}/${kind}`].flatMap((name) => (Object.hasOwn(paths, name) ? (paths[name] ?? []) : []));
  return own.flatMap((path) => follow([object], path.split('.'))).flatMap(toSite);
}

/** `spec.images.*.name`: `*` (or `[]` behind a name) stands for every item or value. */
function follow(values: readonly YamlValue[], path: readonly string[]): readonly YamlValue[] {
  const steps = path.flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), '*'] : [step]));
  return steps.reduce<readonly YamlValue[]>(
    (found, step) => distinct(found.flatMap((value) => (step === '*' ? value.children() : [value.get(step)]))),
    values,
  );
}

/** Each value once, however many aliases lead to it. */
function distinct(values: readonly YamlValue[]): YamlValue[] {
  return [...new Map(values.map((value) => [value.identity, value])).values()];
}

function toSite(image: YamlValue): Site[] {
  const { filled } = image;
  return filled === undefined ? [] : [imageSite(image.path, filled)];
}
