import type { Catalog } from '../../core/index.ts';
import { releaseText } from '../release.ts';

/** Reads `etc/alpine-release`: the bare release. */
export const catalogRelease: Catalog = (file) => {
  const versionId = releaseText(file).trim();
  return versionId === '' ? [] : [{ kind: 'os-release', id: 'alpine', versionId }];
};

/** Reads `etc/apk/repositories`; the highest release wins, and `edge` over all. */
export const catalogRepositories: Catalog = (file) => {
  const releases = releaseText(file)
    .split('\n')
    .map((line) => /^\s*(?:@\S+\s+)?(?:https?|ftp):\/\/\S*?\/(?:(alpine|wolfi)\/)?(?:v(\d+\.\d+)|(edge))\//.exec(line))
    .map((match) => match?.[2] ?? match?.[3])
    .filter((release) => release !== undefined);
  if (releases.length === 0) return [];
  const release = releases.includes('edge') ? 'edge' : releases.sort(compareReleases).at(-1);
  return release === undefined ? [] : [{ kind: 'package-repository', family: 'alpine', release }];
};

function compareReleases(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
