import { ecosystems } from '../ecosystems/registry.ts';
import type { Report } from '../reports/index.ts';
import { loadSboms } from '../sbom/index.ts';
import { assessTarget } from './assess-target.ts';
import type { AppContext } from './context.ts';
import { readSbom, type SbomTarget } from './sboms.ts';
import { planScan, type ScanOptions } from './scan-options.ts';

export interface ScanSbomInput extends ScanOptions {
  readonly sbom: SbomTarget;
}

/** Judges the packages that an SBOM lists as if their target had been read. @throws SBOM_*, DISK_*, ADVISORIES_* */
export async function scanSbom(input: ScanSbomInput, context: AppContext): Promise<Report> {
  const plan = await planScan(input);
  const bom = await readSbom(input.sbom, context);
  const type = bom.standard.startsWith('CycloneDX') ? 'cyclonedx' : 'spdx';
  const artifact = { name: input.sbom.name, type } as const;
  const { subjectOf, toInventory } = await loadSboms();
  const subject = subjectOf(bom);
  return assessTarget(
    { inventory: toInventory(bom, ecosystems.all), artifact, ...(subject !== undefined && { subject }) },
    plan,
    context,
  );
}
