import type { Distribution, OperatingSystem } from '../core/index.ts';
import type { VisibleRecord } from './merge.ts';

/** The distribution that the visible release files name; derivatives are asked before the families they build on. */
export function detectOperatingSystem(
  visible: readonly VisibleRecord[],
  distributions: readonly Distribution[],
): OperatingSystem | undefined {
  const releases = visible.map(({ record }) => record).filter((record) => record.kind === 'os-release');
  const ordered = [...distributions].sort((a, b) => Number(a.generic ?? false) - Number(b.generic ?? false));
  for (const distribution of ordered) {
    const name = distribution.recognise(releases);
    if (name !== undefined) return withRepository({ family: distribution.id, name }, visible);
  }
  return undefined;
}

function withRepository(os: OperatingSystem, visible: readonly VisibleRecord[]): OperatingSystem {
  const found = visible
    .map(({ record }) => record)
    .findLast((record) => record.kind === 'package-repository' && record.family === os.family);
  return found?.kind === 'package-repository' ? { ...os, repositoryRelease: found.release } : os;
}
