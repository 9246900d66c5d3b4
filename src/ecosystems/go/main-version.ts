import type { GoBuildInfo } from '../../codecs/go-build-info/index.ts';
import { linkedVariables } from './linker-flags.ts';

/**
 * The version of the main module. One that the toolchain took from the repository stands, unless it is made up from
 * a commit; then, or when there is none, a version that the build wrote into a variable is better: as the linker
 * flags say, or, where `-trimpath` hid them, as the symbols do.
 */
export function chooseMainVersion(path: string, version: string, info: GoBuildInfo): string {
  if (version !== '' && !isPseudoVersion(version)) return version;
  const flags = linkedVariables(info.settings.get('-ldflags') ?? '');
  return chooseVersion(path, flags) || chooseVersion(path, variablesOf(info)) || version;
}

function variablesOf(info: GoBuildInfo): (readonly [key: string, value: string])[] {
  return info
    .variables((name) => isVersionKey(name.replace(/\.str$/, '')))
    .map(({ name, text }) => {
      return [name.replace(/\.str$/, ''), text] as const;
    });
}

const usualPackages: readonly string[] = ['main', 'common', 'version', 'cmd'];

/**
 * Versions of commands of the module come first, then those of packages where programs usually keep theirs, then
 * any. Two in one group leave it open.
 */
function chooseVersion(path: string, variables: Iterable<readonly [key: string, value: string]>): string {
  const groups: string[][] = [[], [], []];
  for (const [key, value] of variables) {
    if (!isVersionKey(key) || !isSemver(value)) continue;
    const isUsual = usualPackages.includes(packageOf(key));
    groups[key.startsWith(`${path}/cmd/`) ? 0 : isUsual ? 1 : 2]?.push(value);
  }
  const found = groups.find((group) => group.length > 0) ?? [];
  return found.length === 1 ? (found[0] ?? '') : '';
}

function isVersionKey(key: string): boolean {
  const lower = key.toLowerCase();
  return lower.endsWith('.version') || lower.endsWith('.ver');
}

/** `version` of `example.org/tool/internal/version/app.ver`. */
function packageOf(key: string): string {
  const slash = key.lastIndexOf('/');
  const [name = ''] = key.slice(slash > 0 ? slash + 1 : 0).split('.');
  return name.toLowerCase();
}

const semver =
  /^v?(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?)?$/;

function isSemver(text: string): boolean {
  return text.length < 200 && semver.test(text);
}

/** A version made of the time and the hash of a commit (go.dev/ref/mod, "Pseudo-versions"). */
function isPseudoVersion(version: string): boolean {
  return isSemver(version) && /^v\d+\.(?:0\.0-|\d+\.\d+-(?:[^+]*\.)?0\.)\d{14}-[A-Za-z0-9]+(?:\+|$)/.test(version);
}
