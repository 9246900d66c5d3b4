import type { FindSites } from '../../file-kind.ts';
import { imageSite, type Site } from '../../site.ts';
import { readYaml, type YamlValue } from '../../yaml.ts';

/** `image` and `services` of the file, of `default` and of jobs (GitLab CI/CD YAML reference). */
export const findSites: FindSites = (text) =>
  readYaml(text).flatMap((root) =>
    [root, ...root.entries().map(([, value]) => value)]
      .filter((section) => section.isMap)
      .flatMap((section) => [section.get('image'), ...section.get('services').items()].flatMap(imageOf)),
  );

/** A name, or a map with one. */
function imageOf(image: YamlValue): Site[] {
  const value = image.isMap ? image.get('name') : image;
  const { filled } = value;
  return filled === undefined ? [] : [imageSite(value.path, filled)];
}
