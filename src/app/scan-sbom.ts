import { readWhole } from '../disk/index.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { Report } from '../reports/index.ts';
import { maxSbomSize, readBom, toInventory } from '../sbom/index.ts';
import { assessTarget } from './assess-target.ts';
import type { AppContext } from './context.ts';
import { planScan, type ScanOptions } from './scan-options.ts';

/** An SBOM in a file, or at hand. */
export type SbomTarget =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array };

export interface ScanSbomInput extends ScanOptions {
  readonly sbom: SbomTarget;
}

/** Judges the packages that an SBOM lists as if their target had been read. @throws SBOM_*, DISK_*, ADVISORIES_* */
export async function scanSbom(input: ScanSbomInput, context: AppContext): Promise<Report> {
  const plan = await planScan(input);
  const { name, bytes } = await readTarget(input.sbom);
  const bom = await readBom(bytes);
  const type = bom.standard.startsWith('CycloneDX') ? 'cyclonedx' : 'spdx';
  return assessTarget({ inventory: toInventory(bom, ecosystems.all), artifact: { name, type } }, plan, context);
}

async function readTarget(target: SbomTarget): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  if (target.kind === 'bytes') return target;
  return { name: target.name, bytes: await readWhole(target.path, maxSbomSize) };
}
