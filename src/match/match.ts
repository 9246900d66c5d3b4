import type {
  AdvisoryStore,
  Application,
  CoverageNote,
  Distribution,
  DistributionMatching,
  Ecosystem,
  Inventory,
  LanguageEcosystem,
  OperatingSystem,
  VulnerabilityFinding,
} from '../core/index.ts';
import type { Registry } from '../kit/registry.ts';
import type { VersionOrder, VersionScheme } from '../versions/index.ts';
import { describeMatch } from './describe.ts';
import { matchApplication } from './language.ts';
import type { SeveritySources } from './severity.ts';
import type { StrategyDescriptor } from './strategy.ts';

export interface MatchContext {
  readonly store: AdvisoryStore;
  readonly ecosystems: readonly Ecosystem[];
  readonly schemes: Registry<VersionScheme>;
  readonly strategies: Registry<StrategyDescriptor>;
  readonly severitySources?: SeveritySources;
}

export interface MatchedInventory {
  readonly system: readonly VulnerabilityFinding[];
  readonly applications: readonly {
    readonly application: Application;
    readonly findings: readonly VulnerabilityFinding[];
  }[];
  readonly notes: readonly CoverageNote[];
}

/** Applies advisories to a resolved inventory. What could not be judged is in `notes`. @throws ADVISORIES_*, CODEC_BOLT_INVALID */
export async function matchInventory(inventory: Inventory, context: MatchContext): Promise<MatchedInventory> {
  const notes: CoverageNote[] = [];
  const note = (added: CoverageNote): void => void notes.push(added);
  const system = await matchSystem(inventory, context, note);
  const applications: { application: Application; findings: VulnerabilityFinding[] }[] = [];
  for (const application of inventory.applications) {
    applications.push({ application, findings: await matchOne(application, context, note) });
  }
  return { system, applications, notes };
}

type Note = (note: CoverageNote) => void;

async function matchSystem(inventory: Inventory, context: MatchContext, note: Note): Promise<VulnerabilityFinding[]> {
  const { os, systemPackages } = inventory;
  if (systemPackages.length === 0) return [];
  if (os === undefined) {
    note(incomplete('os-unknown', 'The image has OS packages, but no release file says of which distribution'));
    return [];
  }
  const matching = matchingOf(os, context.ecosystems);
  const strategy = matching && context.strategies.get(matching.strategy);
  const order = matching && (await loadOrder(matching.versionScheme, context));
  if (matching === undefined || strategy === undefined || order === undefined) {
    note(incomplete('os-unsupported', `No advisories are known for ${os.family} ${os.name}`));
    return [];
  }
  const bucket = matching.bucket(os);
  if (!context.store.buckets(bucket).includes(bucket)) {
    note(incomplete('data-missing', `The advisory data has nothing for ${os.family} ${os.name} ("${bucket}")`));
    return [];
  }
  const gap = context.store.gap?.(bucket);
  if (gap !== undefined) note(incomplete('data-missing', gap));
  const packages = systemPackages.filter((pkg) => matching.includesThirdParty || pkg.repositoryClass !== 'third-party');
  const match = await strategy.load();
  noteForeign(systemPackages.length - packages.length, note);
  return match({ os, matching, packages, store: context.store, order, note }).map((found) => describe(found, context));
}

function matchingOf(os: OperatingSystem, ecosystems: readonly Ecosystem[]): DistributionMatching | undefined {
  return ecosystems.find(
    (ecosystem): ecosystem is Distribution => ecosystem.kind === 'distribution' && ecosystem.id === os.family,
  )?.matching;
}

/** Packages from elsewhere than the distribution are not judged, since its advisories do not speak of them; that is said. */
function noteForeign(count: number, note: Note): void {
  if (count === 0) return;
  note({
    effect: 'note',
    code: 'no-advisories',
    message: `OS packages from elsewhere than the distribution, of which its advisories do not speak: ${count}`,
  });
}

async function matchOne(application: Application, context: MatchContext, note: Note): Promise<VulnerabilityFinding[]> {
  const language = context.ecosystems.find(
    (ecosystem): ecosystem is LanguageEcosystem =>
      ecosystem.kind === 'language' && ecosystem.resultTypes.some(({ type }) => type === application.type),
  );
  if (language === undefined) {
    note(incomplete('data-missing', `Nothing is known of packages of the type ${application.type}`));
    return [];
  }
  if (language.advisories === undefined) {
    note({ effect: 'note', code: 'no-advisories', message: `No advisories are published for ${language.title}` });
    return [];
  }
  const order = await loadOrder(language.versionScheme, context);
  if (order === undefined || context.store.buckets(`${language.advisories}::`).length === 0) {
    note(incomplete('data-missing', `The advisory data has nothing for ${language.title}`));
    return [];
  }
  return matchApplication(application, language, { store: context.store, order, note }).map((found) =>
    describe(found, context),
  );
}

function describe(found: Parameters<typeof describeMatch>[0], context: MatchContext): VulnerabilityFinding {
  return describeMatch(found, context.store, context.severitySources);
}

async function loadOrder(scheme: string, context: MatchContext): Promise<VersionOrder | undefined> {
  return context.schemes.get(scheme)?.load();
}

function incomplete(code: CoverageNote['code'], message: string): CoverageNote {
  return { effect: 'incomplete', code, message };
}
