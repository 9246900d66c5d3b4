import type { Catalog } from '../../core/index.ts';
import { releaseText } from '../release.ts';

/** Reads `etc/debian_version`: the bare release, `12.5`, or for what is not released yet a name, `trixie/sid`. */
export const catalogDebianVersion: Catalog = (file) => {
  const versionId = releaseText(file).split('\n', 1)[0]?.trim();
  return versionId ? [{ kind: 'os-release', id: 'debian', versionId }] : [];
};
