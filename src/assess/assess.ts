import type {
  AdvisoryData,
  Application,
  CoverageNote,
  Distribution,
  Ecosystem,
  Inventory,
  LanguageEcosystem,
  OperatingSystem,
  Package,
  Relationship,
  Result,
  Severity,
  Verdict,
} from '../core/index.ts';
import { decideVerdict, type FindingFilter, filterResults, type Gate, judgeEndOfLife } from '../decide/index.ts';
import { type MatchContext, type MatchedInventory, matchInventory } from '../match/index.ts';

export interface AssessInput {
  /** A resolved inventory. */
  readonly inventory: Inventory;
  /** How the OS result names the target. */
  readonly targetName: string;
  readonly packageTypes: readonly PackageType[];
  readonly filter: FindingFilter;
  readonly gate: Gate;
  readonly now: Date;
  readonly ecosystems: readonly Ecosystem[];
}

export type PackageType = 'os' | 'library';

export interface Assessment {
  readonly os?: OperatingSystem;
  readonly results: readonly Result[];
  readonly verdict: Verdict;
  readonly coverage: Inventory['coverage'];
  readonly data: readonly AdvisoryData[];
  /** Names of the scanners that ran. */
  readonly scanners: readonly string[];
  /** Severities that findings were asked for. */
  readonly severities: readonly Severity[];
}

/** From a resolved inventory to a verdict: match, filter, decide. Without advisory data only packages are listed. */
export async function assessInventory(input: AssessInput, match: MatchContext | undefined): Promise<Assessment> {
  const inventory = onlyTypes(input.inventory, input.packageTypes);
  const matched = match === undefined ? withoutFindings(inventory) : await matchInventory(inventory, match);
  const { os, notes: endOfLife } = judgeEndOfLife(inventory.os, distributionOf(inventory, input), input.now);
  const composed = composeResults(inventory, os, matched, input);
  const { results, notes: filtered } = filterResults(composed, input.filter, input.now);
  const notes = uniqueNotes([...inventory.coverage.notes, ...matched.notes, ...endOfLife, ...filtered]);
  return {
    ...(os !== undefined && { os }),
    results,
    verdict: decideVerdict(results, os, notes, input.gate),
    coverage: { ...inventory.coverage, notes },
    data: match === undefined ? [] : (match.store.parts ?? [match.store.identity]),
    scanners: match === undefined ? [] : ['vuln'],
    severities: input.filter.severities,
  };
}

function distributionOf(inventory: Inventory, { ecosystems }: AssessInput): Distribution | undefined {
  const family = inventory.os?.family;
  for (const ecosystem of ecosystems)
    if (ecosystem.kind === 'distribution' && ecosystem.id === family) return ecosystem;
  return undefined;
}

function onlyTypes(inventory: Inventory, types: readonly PackageType[]): Inventory {
  return {
    ...inventory,
    ...(!types.includes('os') && { systemPackages: [] }),
    applications: types.includes('library') ? inventory.applications.flatMap(withoutDevelopment) : [],
  };
}

/** What a project needs only while it is developed does not ship with it. */
function withoutDevelopment(application: Application): Application[] {
  const packages = application.packages.filter(({ dev }) => !dev);
  return packages.length === 0 ? [] : [{ ...application, packages }];
}

function withoutFindings(inventory: Inventory): MatchedInventory {
  return {
    system: [],
    applications: inventory.applications.map((application) => ({ application, findings: [] })),
    notes: [],
  };
}

function composeResults(
  inventory: Inventory,
  os: OperatingSystem | undefined,
  matched: MatchedInventory,
  { targetName, ecosystems }: AssessInput,
): Result[] {
  const applications = matched.applications
    .map(
      ({ application, findings }): Result => ({
        target: application.path ?? aggregateName(application, ecosystems),
        class: 'lang-pkgs',
        type: application.type,
        packages: sortPackages(application.packages),
        findings,
      }),
    )
    .sort((a, b) => compareText(a.target, b.target));
  if (inventory.systemPackages.length === 0) return applications;
  const system: Result = {
    target: os === undefined ? targetName : `${targetName} (${os.family} ${os.name})`,
    class: 'os-pkgs',
    type: os?.family ?? 'none',
    packages: sortPackages(inventory.systemPackages),
    findings: matched.system,
  };
  return [system, ...applications];
}

/** The fixed target name of packages gathered from many files. */
function aggregateName(application: Application, ecosystems: readonly Ecosystem[]): string {
  const resultType = ecosystems
    .filter((ecosystem): ecosystem is LanguageEcosystem => ecosystem.kind === 'language')
    .flatMap((language) => language.resultTypes)
    .find(({ type }) => type === application.type);
  return resultType?.aggregate ?? application.type;
}

const relationshipOrder: readonly (Relationship | undefined)[] = ['root', 'workspace', 'direct', 'indirect'];

/** Nearest to the root first, then by name, version, id and file. */
function sortPackages(packages: readonly Package[]): Package[] {
  const rank = ({ relationship }: Package): number => {
    const found = relationshipOrder.indexOf(relationship);
    return found < 0 ? relationshipOrder.length : found;
  };
  return [...packages].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compareText(a.name, b.name) ||
      compareText(a.version, b.version) ||
      compareText(a.id ?? '', b.id ?? '') ||
      compareText(a.filePath ?? '', b.filePath ?? ''),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function uniqueNotes(notes: readonly CoverageNote[]): CoverageNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
