import {
  type CopyOutcome,
  copyParts,
  type EvidencePlace,
  type EvidenceTarget,
  layoutTarget,
  parsePlace,
  registryTarget,
} from '../../evidence/index.ts';
import type { AppContext } from '../context.ts';
import type { CopyImageInput } from './input.ts';
import { type OpenedEvidence, openEvidence } from './open.ts';

/** Copies an image with all that belongs to it. @throws EVIDENCE_*, OCI_*, NET_*, DISK_*, CORE_REFERENCE_INVALID */
export async function copyWithEvidence(input: CopyImageInput, context: AppContext): Promise<CopyOutcome> {
  const { platform, only, force = false, dryRun = false } = input;
  const [from, to] = [parsePlace(input.from), parsePlace(input.to)];
  const opened = await openEvidence(from, context, platform === undefined ? {} : { platform });
  const target = await openTarget(to, opened, context);
  const tag = only === undefined ? tagOf(to) : undefined;
  return copyParts(opened.source, opened.image, target, {
    force,
    dryRun,
    ...(only !== undefined && { only }),
    ...(tag !== undefined && { tag }),
  });
}

function tagOf(place: EvidencePlace): string | undefined {
  if (place.kind === 'layout') return place.tag;
  return place.reference.tag ?? (place.reference.digest === undefined ? 'latest' : undefined);
}

async function openTarget(
  to: EvidencePlace,
  { repository: from }: OpenedEvidence,
  context: AppContext,
): Promise<EvidenceTarget> {
  if (to.kind === 'layout') return layoutTarget(to.path);
  const repository = (await context.registry()).repository(to.reference);
  const { host, repository: name } = repository.place;
  const mountFrom = from?.place.host === host && from.place.repository !== name ? from.place.repository : undefined;
  return registryTarget(repository, {
    ...(mountFrom !== undefined && { mountFrom }),
    ...(context.signal !== undefined && { signal: context.signal }),
  });
}
