import { type ImageReference, parseImageReference } from '../../core/index.ts';
import { type Copier, craneRepository, loadMoving, type RemoteRepository } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { type TransferOptions, usualJobs } from './input.ts';

/** A copier that shows how far it is. */
export async function makeCopier(
  repository: RemoteRepository,
  { jobs = usualJobs, allowForeign = false }: TransferOptions,
  { progress, signal }: AppContext,
): Promise<{ readonly copier: Copier; readonly finish: () => void }> {
  const loaded = await loadMoving();
  const { host, repository: name } = repository.place;
  const task = progress.start(`${host}/${name}`);
  const advance = (bytes: number): void => task.advance(bytes);
  const options = { jobs, allowForeign, advance, ...(signal !== undefined && { signal }) };
  return { copier: new loaded.Copier(repository, options), finish: () => task.finish() };
}

/** What a reference asks of a repository. */
export function wantedOf({ digest, tag }: ImageReference): string {
  return digest ?? tag ?? 'latest';
}

/** As crane writes names: those that were given, with the tag that counts, and none of a digest. */
export function archiveTag(name: string): string {
  const parsed = parseImageReference(name);
  if (parsed.digest !== undefined) return `${craneRepository(parsed)}:i-was-a-digest`;
  return parsed.tag === undefined ? `${name}:latest` : name;
}

/** Passes an archive on and shows how far it is. */
export async function* shown(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  { progress }: AppContext,
): AsyncGenerator<Uint8Array, void, undefined> {
  const task = progress.start(path);
  try {
    for await (const piece of pieces) {
      yield piece;
      task.advance(piece.length);
    }
  } finally {
    task.finish();
  }
}
