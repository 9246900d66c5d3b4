import { readWhole } from '../disk/index.ts';
import {
  type BomDifference,
  type BomScore,
  type DecodedBom,
  diffBoms,
  loadSbomWriter,
  maxSbomSize,
  mergeBoms,
  readBom,
  type SbomValidation,
  scoreBom,
  validateSbom as validateBytes,
} from '../sbom/index.ts';
import type { AppContext } from './context.ts';
import { makeReportId } from './report-id.ts';

/** An SBOM in a file, or at hand; `name` is what the user calls it. */
export type SbomTarget =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array };

export interface MergeSbomsInput {
  readonly sboms: readonly SbomTarget[];
  /** What the SBOMs are parts of. */
  readonly name: string;
  /** One of the formats that SBOMs are written in, and a version of its standard where it is not the usual one. */
  readonly format: string;
  readonly specVersion?: string;
  readonly toolVersion: string;
}

/** @throws SBOM_*, DISK_* */
export async function readSbom(target: SbomTarget): Promise<DecodedBom> {
  return readBom(await bytesOf(target));
}

/** What two SBOMs do not have in common. @throws SBOM_*, DISK_* */
export async function diffSboms(before: SbomTarget, after: SbomTarget): Promise<BomDifference> {
  return diffBoms(await readSbom(before), await readSbom(after));
}

/** One SBOM of several, as text. @throws SBOM_*, DISK_* */
export async function mergeSboms(input: MergeSbomsInput, context: AppContext): Promise<string> {
  const write = await loadSbomWriter(input.format);
  const boms: DecodedBom[] = [];
  for (const target of input.sboms) boms.push(await readSbom(target));
  const created = context.reportTime ?? context.clock.now();
  const identity = [input.name, ...input.sboms.map(({ name }) => name)].join('\n');
  const tool = { name: 'plimsoll', version: input.toolVersion };
  const merged = mergeBoms(boms, { name: input.name, id: makeReportId(created, identity), created, tool });
  return write(merged, input.specVersion);
}

/** What is wrong with an SBOM. @throws SBOM_* for one that cannot be read at all, DISK_* */
export async function validateSbom(target: SbomTarget): Promise<SbomValidation> {
  return validateBytes(await bytesOf(target));
}

/** How an SBOM does by the lists of minimum elements. @throws SBOM_*, DISK_* */
export async function scoreSbom(target: SbomTarget): Promise<BomScore[]> {
  return scoreBom(await readSbom(target));
}

async function bytesOf(target: SbomTarget): Promise<Uint8Array> {
  return target.kind === 'bytes' ? target.bytes : readWhole(target.path, maxSbomSize);
}
