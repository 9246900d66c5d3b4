import type { FindSites } from '../../file-kind.ts';
import { imageSite, openSite, type Site, type WrittenText } from '../../site.ts';
import { splitImageSite } from '../../split-image.ts';
import { eachMap, readYaml, type YamlValue } from '../../yaml.ts';

/** Images of a values file: `repository` with `tag` or `digest`, `image` with or without a tag beside it, and `…Image`. */
export const findSites: FindSites = (text) =>
  readYaml(text).flatMap((root) => {
    const sites: Site[] = [];
    eachMap(root, (map) => sites.push(...repositoryOf(map), ...imageOf(map), ...namedImages(map)));
    return sites;
  });

/** `registry`, `repository`, `tag`, `digest`: what `helm create` and most charts have. */
function repositoryOf(map: YamlValue): Site[] {
  const repository = map.get('repository').filled;
  const [tag, digest] = [map.get('tag'), map.get('digest')];
  const isImage = tag.written !== undefined || digest.written !== undefined || /image$/i.test(map.path);
  if (repository === undefined || !isImage || repository.value.includes('://')) return [];
  const registry = map.get('registry').filled;
  return splitImageSite(map.path, {
    names: registry === undefined ? [repository] : [registry, repository],
    tag,
    digest,
  });
}

/** `image: NAME` with `tag` or `imageTag` beside it, or `image: NAME:TAG`. */
function imageOf(map: YamlValue): Site[] {
  const image = map.get('image');
  const { filled } = image;
  if (filled === undefined) return [];
  const tag = ['tag', 'imageTag'].map((key) => map.get(key)).find((value) => value.filled !== undefined);
  if (hasVersion(filled)) return [imageSite(image.path, filled)];
  if (tag === undefined) return [openSite(image.path, filled, 'no tag is written; the chart may add one')];
  return splitImageSite(image.path, { names: [filled], tag, digest: map.get('digest') });
}

function namedImages(map: YamlValue): Site[] {
  return map.entries().flatMap(([key, value]) => {
    const { filled } = value;
    return /.[iI]mage$/.test(key) && filled !== undefined && hasVersion(filled) ? [imageSite(value.path, filled)] : [];
  });
}

function hasVersion({ value }: WrittenText): boolean {
  return /[@:][^/]*$/.test(value);
}
