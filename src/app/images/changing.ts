import { parseImageReference } from '../../core/index.ts';
import { loadMoving } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { TagInput } from './input.ts';
import { wantedOf } from './target.ts';

/** Mirrors have no say in what is changed. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function tag({ reference, tag: name }: TagInput, context: AppContext): Promise<void> {
  const parsed = parseImageReference(reference);
  // A tag with other characters would be another path.
  const target = parseImageReference(`${parsed.registry}/${parsed.repository}:${name}`);
  const repository = (await context.registry()).repository(parsed);
  const { bytes, mediaType } = await repository.manifest(wantedOf(parsed), context.signal);
  await repository.pushManifest({ reference: wantedOf(target), bytes, mediaType }, context.signal);
}

/** @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function remove(reference: string, context: AppContext): Promise<void> {
  const parsed = parseImageReference(reference);
  const repository = (await context.registry()).repository(parsed);
  if (await repository.deleteManifest(wantedOf(parsed), context.signal)) return;
  const { notThere } = await loadMoving();
  throw notThere(repository.place, `manifest ${wantedOf(parsed)}`);
}

/** The bytes of a blob, from the first mirror that has it or the source. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function* blobOf(reference: string, { registry, signal }: AppContext): AsyncGenerator<Buffer> {
  const parsed = parseImageReference(reference);
  const { notThere, refuseBlobName } = await loadMoving();
  const { digest } = parsed;
  if (digest === undefined) throw refuseBlobName(reference);
  const holder = await (await registry()).ask(
    parsed,
    async (repository) => {
      if (await repository.hasBlob(digest, signal)) return repository;
      throw notThere(repository.place, `blob ${digest}`);
    },
    signal,
  );
  yield* holder.streamBlob({ digest }, signal);
}
