import type { FindSites } from '../../file-kind.ts';
import { imageSite, type Site } from '../../site.ts';
import { eachMap, readYaml, type YamlValue } from '../../yaml.ts';

/** Images of steps, sidecars, templates of steps and StepActions, and bundles (Tekton Pipelines API v1, Step and ResolverRef). */
export const findSites: FindSites = (text) =>
  readYaml(text).flatMap((root) => {
    const sites: Site[] = [];
    eachMap(root, (map) => {
      if (isTekton(map)) eachMap(map, (inner) => void sites.push(...imagesOf(inner)));
    });
    return sites;
  });

function isTekton(map: YamlValue): boolean {
  return /^(?:[\w-]+\.)*tekton\.dev\//.test(map.get('apiVersion').value ?? '');
}

function imagesOf(map: YamlValue): Site[] {
  const stepAction = map.get('kind').value === 'StepAction' ? [map.get('spec').get('image')] : [];
  return [
    ...['steps', 'sidecars'].flatMap((key) => map.get(key).items()).map((step) => step.get('image')),
    map.get('stepTemplate').get('image'),
    map.get('bundle'),
    ...stepAction,
    ...resolvedBundles(map),
  ].flatMap((image) => {
    const { filled } = image;
    return filled === undefined ? [] : [imageSite(image.path, filled)];
  });
}

/** The parameter `bundle` of the resolver `bundles`. */
function resolvedBundles(map: YamlValue): YamlValue[] {
  if (map.get('resolver').value !== 'bundles') return [];
  return map
    .get('params')
    .items()
    .filter((parameter) => parameter.get('name').value === 'bundle')
    .map((parameter) => parameter.get('value'));
}
