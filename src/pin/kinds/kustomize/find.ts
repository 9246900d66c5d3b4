import type { FindSites } from '../../file-kind.ts';
import type { Site } from '../../site.ts';
import { splitImageSite } from '../../split-image.ts';
import { readYaml, type YamlValue } from '../../yaml.ts';

/** `images` with a new tag or digest (kustomize reference, "images"); without one, the resources decide it. */
export const findSites: FindSites = (text) =>
  readYaml(text).flatMap((root) => root.get('images').items().flatMap(imageOf));

function imageOf(image: YamlValue): Site[] {
  const [tag, digest] = [image.get('newTag'), image.get('digest')];
  const name = image.get('newName').filled ?? image.get('name').filled;
  if (name === undefined || (tag.filled === undefined && digest.filled === undefined)) return [];
  return splitImageSite(image.path, { names: [name], tag, digest });
}
