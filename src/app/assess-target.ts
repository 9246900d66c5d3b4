import { type AssessInput, type Assessment, assessInventory } from '../assess/index.ts';
import type { CatalogerDescriptor, CoverageNote, Ecosystem, Inventory, TreeKind } from '../core/index.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import { resolveInventory } from '../inventory/index.ts';
import { strategies } from '../match/registry.ts';
import type { Report } from '../reports/index.ts';
import { versionSchemes } from '../versions/registry.ts';
import { openAdvisoryData } from './advisory-data.ts';
import type { AppContext } from './context.ts';
import { openIdentityData } from './identity-data.ts';
import { makeReportId } from './report-id.ts';
import type { ScanPlan } from './scan-options.ts';

/** A target that was read, whatever it is. */
export interface ReadTarget {
  /** Not yet resolved. */
  readonly inventory: Inventory;
  readonly artifact: Report['artifact'];
  readonly image?: NonNullable<Report['image']>;
  /** What an SBOM that was read is about. */
  readonly subject?: NonNullable<Report['subject']>;
}

/** Resolves, matches and judges what was read, and puts the report together. */
export async function assessTarget(target: ReadTarget, plan: ScanPlan, context: AppContext): Promise<Report> {
  const now = context.reportTime ?? context.clock.now();
  const identities = openIdentityData(plan.data, context);
  try {
    const wanted = onlyWanted(target.inventory, plan);
    const inventory = await resolveInventory(wanted, ecosystems.all, (name) => identities.open(name));
    const input = { ...plan, targetName: target.artifact.name, now, ecosystems: ecosystems.all };
    const assessment = await assessResolved({ ...input, inventory: withNotes(inventory, plan.notes) }, plan, context);
    return {
      reportId: makeReportId(now, target.artifact.id ?? target.artifact.name),
      createdAt: now,
      artifact: target.artifact,
      ...(target.image !== undefined && { image: target.image }),
      ...(target.subject !== undefined && { subject: target.subject }),
      ...assessment,
      data: [...assessment.data, ...identities.data],
    };
  } finally {
    identities.close();
  }
}

async function assessResolved(input: AssessInput, plan: ScanPlan, context: AppContext): Promise<Assessment> {
  if (!plan.scanners.includes('vuln')) return assessInventory(input, undefined);
  const { store, notes, close } = await openAdvisoryData(plan.data, context);
  try {
    return await assessInventory(
      { ...input, inventory: withNotes(input.inventory, notes) },
      { store, ecosystems: ecosystems.all, schemes: versionSchemes, strategies, severitySources: plan.severitySources },
    );
  } finally {
    close();
  }
}

/** Archives that nobody wants to see need no database to be told what they are. */
function onlyWanted(inventory: Inventory, { packageTypes }: ScanPlan): Inventory {
  return packageTypes.includes('library') ? inventory : { ...inventory, archives: [] };
}

function withNotes(inventory: Inventory, notes: readonly CoverageNote[]): Inventory {
  return { ...inventory, coverage: { ...inventory.coverage, notes: [...inventory.coverage.notes, ...notes] } };
}

/** The catalogers that every ecosystem has for a kind of tree. */
export function catalogersFor(tree: TreeKind): CatalogerDescriptor[] {
  return ecosystems.all
    .flatMap((ecosystem: Ecosystem) => ecosystem.catalogers ?? [])
    .filter((cataloger) => cataloger.trees.includes(tree));
}
