import type { ImageReference } from '../../core/index.ts';
import { type Copier, loadMoving, type RemoteRepository } from '../../oci/index.ts';
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
