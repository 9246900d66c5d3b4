import type { SourcePackage } from '../../core/index.ts';

/** The source package that `name-version-release.arch.rpm` stands for; undefined for any other text. */
export function parseSourceRpm(fileName: string): SourcePackage | undefined {
  const plain = fileName.endsWith('.rpm') ? fileName.slice(0, -'.rpm'.length) : fileName;
  const arch = plain.lastIndexOf('.');
  const release = plain.lastIndexOf('-', arch);
  const version = release > 0 ? plain.lastIndexOf('-', release - 1) : -1;
  if (arch < 0 || release < 0 || version < 0) return undefined;
  return {
    name: plain.slice(0, version),
    version: plain.slice(version + 1, release),
    release: plain.slice(release + 1, arch),
  };
}
