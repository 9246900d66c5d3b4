import type { FindSites } from '../../file-kind.ts';
import { imageSite, type Site, withoutPrefix } from '../../site.ts';
import { readYaml, type YamlValue } from '../../yaml.ts';
import { actionSite } from './action.ts';

/** Images and actions of jobs and of composite and docker actions (GitHub Actions, "Workflow syntax", "Metadata syntax"). */
export const findSites: FindSites = (text) =>
  readYaml(text).flatMap((root) => {
    const jobs = root
      .get('jobs')
      .entries()
      .map(([, job]) => job);
    const steps = [...jobs, root.get('runs')].flatMap((holder) => holder.get('steps').items());
    return [
      ...jobs.flatMap((job) => [job.get('container'), ...job.get('services').children()]).flatMap(imageOf),
      ...[...jobs, ...steps].flatMap((user) => usesOf(user.get('uses'), text)),
      ...dockerImage(root.get('runs').get('image')),
    ];
  });

/** A name, or a map with one. */
function imageOf(container: YamlValue): Site[] {
  const image = container.isMap ? container.get('image') : container;
  const { filled } = image;
  return filled === undefined ? [] : [imageSite(image.path, filled)];
}

/** `docker://NAME`; anything else is the path of a Dockerfile. */
function dockerImage(image: YamlValue): Site[] {
  const { filled } = image;
  const name = filled && withoutPrefix(filled, 'docker://');
  return name === undefined ? [] : [imageSite(image.path, name)];
}

function usesOf(uses: YamlValue, text: string): Site[] {
  const { filled } = uses;
  if (filled === undefined || /^\.{1,2}\//.test(filled.value)) return [];
  return filled.value.startsWith('docker://') ? dockerImage(uses) : [actionSite(uses.path, filled, text)];
}
