import { parseImageReference } from '../../core/index.ts';
import { type LegacySuffix, legacyTag, parsePlace, readEvidenceTree } from '../../evidence/index.ts';
import { craneRepository } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { EvidenceInput, EvidenceTree, TriangulateInput } from './input.ts';
import { openEvidence } from './open.ts';

/** All that belongs to an image. @throws EVIDENCE_*, OCI_*, NET_*, DISK_* */
export async function readTree({ image, repository }: EvidenceInput, context: AppContext): Promise<EvidenceTree> {
  const place = parsePlace(image);
  const opened = await openEvidence(place, context, repository === undefined ? {} : { repository });
  const at = repository === undefined ? place : parsePlace(repository);
  return {
    image,
    repository: at.kind === 'layout' ? at.path : craneRepository(at.reference),
    root: await readEvidenceTree(opened.source, opened.image),
  };
}

const suffixes: Readonly<Record<Exclude<TriangulateInput['kind'], 'digest'>, LegacySuffix>> = {
  signature: 'sig',
  attestation: 'att',
  sbom: 'sbom',
};

/** Where cosign's older layout keeps evidence of an image; asks nobody when its digest is given. @throws OCI_*, NET_* */
export async function locate({ image, repository, kind }: TriangulateInput, context: AppContext): Promise<string> {
  const reference = parseImageReference(image);
  const digest = reference.digest ?? (await (await context.registry()).resolve(reference, context.signal));
  const at = craneRepository(repository === undefined ? reference : parseImageReference(repository));
  return kind === 'digest' ? `${at}@${digest}` : `${at}:${legacyTag(digest, suffixes[kind])}`;
}
