import type { CleanOutcome, CopyOutcome, FoundSbom } from '../evidence/index.ts';
import type { AppContext } from './context.ts';
import type {
  CleanInput,
  CopyImageInput,
  Downloaded,
  DownloadInput,
  EvidenceInput,
  EvidenceTree,
  SaveInput,
  TriangulateInput,
} from './evidence/input.ts';

/**
 * Copies an image with its evidence in every layout, then asks the target for each piece by digest.
 * @throws EVIDENCE_*, OCI_*, NET_*, DISK_*, CORE_REFERENCE_INVALID
 */
export async function copyImage(input: CopyImageInput, context: AppContext): Promise<CopyOutcome> {
  const { copyWithEvidence } = await import('./evidence/copy.ts');
  return copyWithEvidence(input, context);
}

/** Writes an image and its evidence to a directory, as `cosign save` lays it out. @throws as `copyImage` */
export async function saveImage(input: SaveInput, context: AppContext): Promise<CopyOutcome> {
  const { saveWithEvidence } = await import('./evidence/save.ts');
  return saveWithEvidence(input, context);
}

/** Brings what was saved to a registry. @throws as `copyImage` */
export async function loadImage(input: SaveInput, context: AppContext): Promise<CopyOutcome> {
  const { loadWithEvidence } = await import('./evidence/save.ts');
  return loadWithEvidence(input, context);
}

/** All that belongs to an image. @throws EVIDENCE_*, OCI_*, NET_*, DISK_*, CORE_REFERENCE_INVALID */
export async function evidenceTree(input: EvidenceInput, context: AppContext): Promise<EvidenceTree> {
  const { readTree } = await import('./evidence/inspect.ts');
  return readTree(input, context);
}

/** Where cosign's older layout keeps evidence of an image. @throws OCI_*, NET_*, CORE_REFERENCE_INVALID */
export async function triangulate(input: TriangulateInput, context: AppContext): Promise<string> {
  const { locate } = await import('./evidence/inspect.ts');
  return locate(input, context);
}

/** Signatures and attestations of an image as they lie there, unchecked. @throws EVIDENCE_*, OCI_*, NET_*, DISK_* */
export async function downloadEvidence(input: DownloadInput, context: AppContext): Promise<Downloaded[]> {
  const { readDownloads } = await import('./evidence/download.ts');
  return readDownloads(input, context);
}

/** SBOMs that lie beside an image, unchecked. @throws EVIDENCE_*, OCI_*, NET_*, DISK_* */
export async function downloadSboms(input: DownloadInput, context: AppContext): Promise<FoundSbom[]> {
  const { readSbomDownloads } = await import('./evidence/download.ts');
  return readSbomDownloads(input, context);
}

/** Removes evidence of an image. @throws OCI_*, NET_*, CORE_REFERENCE_INVALID */
export async function cleanImage(input: CleanInput, context: AppContext): Promise<CleanOutcome> {
  const { removeEvidence } = await import('./evidence/clean.ts');
  return removeEvidence(input, context);
}
