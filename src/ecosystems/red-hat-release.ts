import type { Catalog, CatalogerDescriptor } from '../core/index.ts';
import { releaseText } from './release.ts';

/** `Rocky Linux release 9.2 (Blue Onyx)`; other systems of the family have the same line under their own name. */
const pattern = /^\s*(\S.*?) release (\d[\d.]*)/;

/** What the systems of the family call themselves in that line, as the `ID` of os-release has it. */
const ids: ReadonlyMap<string, string> = new Map([
  ['centos', 'centos'],
  ['centos linux', 'centos'],
  ['centos stream', 'centos-stream'],
  ['rocky', 'rocky'],
  ['rocky linux', 'rocky'],
  ['alma', 'almalinux'],
  ['almalinux', 'almalinux'],
  ['alma linux', 'almalinux'],
  ['oracle', 'ol'],
  ['oracle linux', 'ol'],
  ['oracle linux server', 'ol'],
  ['fedora', 'fedora'],
  ['fedora linux', 'fedora'],
  ['red hat enterprise linux coreos', 'rhcos'],
]);

/** Describes the cataloger of a release file of the Red Hat family. Names that are not known are rebuilds of Red Hat's. */
export function redHatRelease(id: string, title: string, paths: readonly string[]): CatalogerDescriptor {
  return {
    id,
    version: 1,
    title: `${title} release file`,
    trees: ['installed'],
    files: paths.map((path) => ({ path })),
    onFailure: 'note',
    load: async () => catalogRelease,
  };
}

export const catalogRelease: Catalog = (file) => {
  const [firstLine = ''] = releaseText(file).split('\n', 1);
  const [, name, versionId] = pattern.exec(firstLine) ?? [];
  if (name === undefined || versionId === undefined) return [];
  return [{ kind: 'os-release', id: ids.get(name.toLowerCase()) ?? 'rhel', versionId }];
};
