import { type GoBuildInfo, type GoModule, readGoBuildInfo } from '../../codecs/go-build-info/index.ts';
import type { Catalog, Package } from '../../core/index.ts';
import { chooseMainVersion } from './main-version.ts';
import { moduleId } from './module-id.ts';

/** Reads the modules that a Go program was built from. @throws CODEC_GO_INVALID */
export const catalogProgram: Catalog = (file) => {
  const info = readGoBuildInfo(file.content);
  return info === undefined ? [] : [{ kind: 'packages', type: 'gobinary', packages: toPackages(info) }];
};

function toPackages(info: GoBuildInfo): Package[] {
  const standard = toPackage('stdlib', toolchainVersion(info.goVersion), 'direct');
  const modules = info.dependencies
    .map((module) => module.replacedBy ?? module)
    // Old toolchains list the main module among the dependencies, without a path.
    .filter(({ path }) => path !== '')
    .map(({ path, version }) => toPackage(path, withoutDevel(version), 'unknown'));
  const parts = [standard, ...modules];
  return info.main === undefined || info.main.path === '' ? parts : [...parts, toRoot(info.main, info, parts)];
}

/** The program needs all that it was built from; which module needs which is not recorded. */
function toRoot(main: GoModule, info: GoBuildInfo, parts: readonly Package[]): Package {
  const version = chooseMainVersion(main.path, withoutDevel(main.version), info);
  const dependsOn = [...new Set(parts.map(({ id }) => id ?? ''))].sort();
  return { ...toPackage(main.path, version, 'root'), dependsOn };
}

function toPackage(name: string, version: string, relationship: Package['relationship'] & string): Package {
  return { id: moduleId(name, version), name, version, relationship };
}

/** `go1.22.3 X:boringcrypto` and `go1.26.0-X:nodwarf5` were built with experiments. */
function toolchainVersion(goVersion: string): string {
  const [plain = ''] = goVersion.replace(/^go/, '').split(/ |-X:/);
  return `v${plain}`;
}

function withoutDevel(version: string): string {
  return version === '(devel)' ? '' : version;
}
