import type { Catalog } from '../../core/index.ts';
import { releaseText } from '../release.ts';

const prefix = 'Amazon Linux ';

/** Reads `system-release`: `Amazon Linux release 2 (Karoo)`, or of the first `Amazon Linux AMI release 2018.03`. */
export const catalogSystemRelease: Catalog = (file) => {
  const line = releaseText(file)
    .split('\n')
    .find((candidate) => candidate.startsWith(prefix));
  const versionId = line
    ?.slice(prefix.length)
    .replace(/^release (?=2)/, '')
    .trim();
  return versionId ? [{ kind: 'os-release', id: 'amzn', versionId }] : [];
};
