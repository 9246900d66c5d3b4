import type { CoverageNote, Distribution, Ecosystem, OperatingSystem, Package } from '../../core/index.ts';
import type { DecodedBom } from '../model.ts';
import { ownProperties } from '../properties.ts';
import type { SortedComponents } from './sort.ts';

/** What was made of the OS packages. */
interface SystemFindings {
  readonly os: OperatingSystem | undefined;
  readonly systemPackages: readonly Package[];
  /** How many are of another distribution or package format. */
  readonly foreign: number;
}

/** What this SBOM does not say, and what that means for a judgement. */
export function describeGaps(
  bom: DecodedBom,
  sorted: SortedComponents,
  found: SystemFindings,
  ecosystems: readonly Ecosystem[],
): CoverageNote[] {
  const { unidentified, unjudged } = sorted;
  const names = unidentified.slice(0, 3).map(({ name }) => name);
  const total = sorted.system.length + sorted.languages.length;
  return [
    ...bom.notes,
    ...declaredGaps(bom),
    ...counted(
      unidentified.length,
      'incomplete',
      'sbom-lacks',
      (count) =>
        `Packages without a package URL, which cannot be looked up: ${count} (${names.join(', ')}${count > 3 ? ', …' : ''})`,
    ),
    ...[...unjudged].sort().map(
      ([type, count]): CoverageNote => ({
        effect: 'note',
        code: 'no-advisories',
        message: `Packages of the type ${type}, of which nobody publishes advisories: ${count}`,
        data: { count },
      }),
    ),
    ...describeSystemGaps({ ...found, namesSources: namesSources(bom, sorted) }, ecosystems),
    ...(total + unidentified.length === 0 ? [note('incomplete', 'sbom-lacks', 'The SBOM lists no packages')] : []),
  ];
}

/** Syft names the source package only where it has another name or version: then packages without are their own. */
function namesSources({ document }: DecodedBom, { system }: SortedComponents): boolean {
  return (
    document.tools.some(({ name }) => name === 'syft') ||
    system.some(({ purl }) => purl?.qualifiers?.['upstream'] !== undefined)
  );
}

/** Gaps that a scan wrote down itself are repeated; otherwise the document only says that there are some. */
function declaredGaps(bom: DecodedBom): CoverageNote[] {
  const own = bom.subject === undefined ? [] : ownProperties(bom.subject, 'Incomplete');
  if (own.length > 0) {
    return own.map((text) => note('incomplete', 'sbom-incomplete', `Missing when the SBOM was made: ${text}`));
  }
  if (!bom.document.isIncomplete) return [];
  return [note('incomplete', 'sbom-incomplete', 'The SBOM says of itself that it is incomplete')];
}

function describeSystemGaps(
  { os, systemPackages, foreign, namesSources }: SystemFindings & { readonly namesSources: boolean },
  ecosystems: readonly Ecosystem[],
): CoverageNote[] {
  const lookup = ecosystems.find(
    (ecosystem): ecosystem is Distribution => ecosystem.kind === 'distribution' && ecosystem.id === os?.family,
  )?.matching?.lookup;
  const bySource = lookup?.name === 'source' || lookup?.version === 'source';
  const withoutSource =
    bySource && !namesSources ? systemPackages.filter(({ source }) => source === undefined).length : 0;
  const withoutModule = systemPackages.filter(isModular).filter(({ modularityLabel }) => !modularityLabel).length;
  return [
    ...(os?.name === '' && systemPackages.length > 0
      ? [note('incomplete', 'sbom-lacks', `The SBOM does not state the release of ${os.family}`)]
      : []),
    ...counted(
      withoutSource,
      'incomplete',
      'sbom-lacks',
      (count) => `OS packages whose source package the SBOM does not name, though advisories speak of those: ${count}`,
    ),
    ...counted(
      withoutModule,
      'incomplete',
      'sbom-lacks',
      (count) =>
        `OS packages built for a module that the SBOM does not name, though advisories are by module: ${count}`,
    ),
    ...counted(
      foreign,
      'incomplete',
      'sbom-lacks',
      (count) => `OS packages of another distribution or package format than the one judged by: ${count}`,
    ),
  ];
}

/** How releases of rpm packages show that they were built for a module. */
function isModular({ release = '' }: Package): boolean {
  return /\.module[+_]/.test(release);
}

function counted(
  count: number,
  effect: CoverageNote['effect'],
  code: CoverageNote['code'],
  describe: (count: number) => string,
): CoverageNote[] {
  return count === 0 ? [] : [{ ...note(effect, code, describe(count)), data: { count } }];
}

function note(effect: CoverageNote['effect'], code: CoverageNote['code'], message: string): CoverageNote {
  return { effect, code, message };
}
