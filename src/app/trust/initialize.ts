import { fileURLToPath } from 'node:url';
import { readWhole } from '../../disk/index.ts';
import { followRedirects, readWholeBody } from '../../net/index.ts';
import { type Initialized, loadTuf } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { InitializeInput } from './input.ts';

const maxRootSize = 512 * 1024;

/** @throws TRUST_TUF_ROOT, TRUST_TUF_FAILED, TRUST_ROOT_INVALID, NET_*, DISK_* */
export async function initializeKeys(input: InitializeInput, context: AppContext): Promise<Initialized> {
  const { assertChecksum, initializeTuf, publicTufRoot } = await loadTuf();
  const { directory, mirror, root: name, rootChecksum } = input;
  const fetch = await context.fetch();
  const root = name === undefined ? await publicTufRoot(mirror) : await readRoot(name, context);
  if (rootChecksum !== undefined) assertChecksum(root, rootChecksum);
  return initializeTuf({
    directory,
    mirror,
    root,
    fetch,
    now: context.clock.now(),
    ...(context.signal !== undefined && { signal: context.signal }),
  });
}

async function readRoot(name: string, context: AppContext): Promise<Buffer> {
  if (name.startsWith('file://')) return readWhole(fileURLToPath(name), maxRootSize);
  if (!/^https?:\/\//.test(name)) return readWhole(name, maxRootSize);
  const url = new URL(name);
  const request = { method: 'GET', url, ...(context.signal !== undefined && { signal: context.signal }) } as const;
  const { response } = await followRedirects(await context.fetch(), request, { limit: 5 });
  const bytes = await readWholeBody(response, url.host, maxRootSize);
  if (response.status === 200) return bytes;
  const { tufRootError } = await loadTuf();
  throw tufRootError(`${url.href} answered with status ${response.status}`);
}
