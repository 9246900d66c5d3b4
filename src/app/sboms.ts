import type { CoverageNote } from '../core/index.ts';
import { readWhole } from '../disk/index.ts';
import {
  type BomDifference,
  type BomScore,
  type DecodedBom,
  loadSboms,
  maxSbomSize,
  type SbomValidation,
} from '../sbom/index.ts';
import { readAttachedSbom } from '../targets/index.ts';
import type { AppContext } from './context.ts';
import { makeReportId } from './report-id.ts';

/** An SBOM in a file, at hand, or beside an image in a registry; `name` is what the user calls it. */
export type SbomTarget =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'attached'; readonly name: string; readonly image: string };

export interface MergeSbomsInput {
  readonly sboms: readonly SbomTarget[];
  /** What the SBOMs are parts of; one that stands alone without it keeps its own subject. */
  readonly name?: string;
  /** One of the formats that SBOMs are written in, and a version of its standard where it is not the usual one. */
  readonly format: string;
  readonly specVersion?: string;
  readonly toolVersion: string;
}

/** @throws SBOM_*, DISK_*, OCI_* */
export async function readSbom(target: SbomTarget, context: AppContext): Promise<DecodedBom> {
  const { readBom } = await loadSboms();
  const bom = await readBom(await bytesOf(target, context));
  return target.kind === 'attached' ? { ...bom, notes: withUnverified(bom.notes) } : bom;
}

/** What two SBOMs do not have in common. @throws SBOM_*, DISK_*, OCI_* */
export async function diffSboms(before: SbomTarget, after: SbomTarget, context: AppContext): Promise<BomDifference> {
  const { diffBoms } = await loadSboms();
  return diffBoms(await readSbom(before, context), await readSbom(after, context));
}

/** One SBOM of several, or one in another format, as text. @throws SBOM_*, DISK_* */
export async function mergeSboms(input: MergeSbomsInput, context: AppContext): Promise<string> {
  const { convertBom, loadSbomWriter, mergeBoms } = await loadSboms();
  const write = await loadSbomWriter(input.format);
  const boms: DecodedBom[] = [];
  for (const target of input.sboms) boms.push(await readSbom(target, context));
  const created = context.reportTime ?? context.clock.now();
  const identity = [input.name ?? '', ...input.sboms.map(({ name }) => name)].join('\n');
  const tool = { name: 'plimsoll', version: input.toolVersion };
  const said = { id: makeReportId(created, identity), created, tool };
  const [only] = boms;
  const isAlone = boms.length === 1 && only !== undefined && input.name === undefined;
  const bom = isAlone ? convertBom(only, said) : mergeBoms(boms, { ...said, name: input.name ?? 'merged' });
  return write(bom, input.specVersion);
}

/** What is wrong with an SBOM. @throws SBOM_* for one that cannot be read at all, DISK_* */
export async function validateSbom(target: SbomTarget, context: AppContext): Promise<SbomValidation> {
  const { validateSbom: validateBytes } = await loadSboms();
  return validateBytes(await bytesOf(target, context));
}

/** How an SBOM does by the lists of minimum elements. @throws SBOM_*, DISK_* */
export async function scoreSbom(target: SbomTarget, context: AppContext): Promise<BomScore[]> {
  const { scoreBom } = await loadSboms();
  return scoreBom(await readSbom(target, context));
}

async function bytesOf(target: SbomTarget, context: AppContext): Promise<Uint8Array> {
  switch (target.kind) {
    case 'bytes':
      return target.bytes;
    case 'file':
      return readWhole(target.path, maxSbomSize);
    case 'attached':
      return readAttached(target.image, context);
    default:
      return target satisfies never;
  }
}

async function readAttached(image: string, { registry, signal, log }: AppContext): Promise<Uint8Array> {
  const options = { registry, maxSize: maxSbomSize, ...(signal !== undefined && { signal }) };
  const { isSbom } = await loadSboms();
  const { name, bytes } = await readAttachedSbom(image, options, isSbom);
  log.info('Reading an SBOM from the registry', { document: name });
  return bytes;
}

/** A registry's word is no signature. */
function withUnverified(notes: readonly CoverageNote[]): CoverageNote[] {
  const message = 'The SBOM was taken from the registry; nobody checked who put it there';
  const known = notes.filter(({ code }) => code !== 'sbom-unverified');
  return [{ effect: 'note', code: 'sbom-unverified', message }, ...known];
}
