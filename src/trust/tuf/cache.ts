import { join } from 'node:path';
import { isAppError } from '../../core/index.ts';
import { readWhole, statPath } from '../../disk/index.ts';
import { trustError } from '../errors.ts';

/** The repository that Sigstore's public instance keeps its keys in. */
export const publicMirror = 'https://tuf-repo-cdn.sigstore.dev';

const maxRemoteSize = 64 * 1024;

/** Files of a cache as cosign lays them out: one directory for each mirror, and a note of the mirror in use. */
export interface TufPaths {
  /** Signed metadata: root.json, timestamp.json, snapshot.json, targets.json. */
  readonly metadata: string;
  readonly targets: string;
  /** When the mirror was asked last. */
  readonly state: string;
  /** Which mirror `initialize` chose. */
  readonly remote: string;
}

export function tufPaths(directory: string, mirror: string): TufPaths {
  const name = mirror
    .replace(/^https:\/\//, '')
    .replace(/^http:\/\//, '')
    .replace(/[/:]/g, '-')
    .toLowerCase();
  const metadata = join(directory, name);
  return {
    metadata,
    targets: join(metadata, 'targets'),
    state: join(directory, `${name}.json`),
    remote: join(directory, 'remote.json'),
  };
}

/** The mirror that a cache was initialized for; undefined when it was not. @throws TRUST_TUF_INVALID, DISK_* */
export async function initializedMirror(directory: string): Promise<string | undefined> {
  const path = join(directory, 'remote.json');
  if ((await statPath(path)) === undefined) return undefined;
  const mirror = parseMirror(await readWhole(path, maxRemoteSize));
  if (mirror === undefined) throw trustError('TRUST_TUF_INVALID', { data: { path, reason: 'it names no mirror' } });
  return mirror;
}

function parseMirror(bytes: Buffer): string | undefined {
  try {
    const mirror: unknown = JSON.parse(bytes.toString('utf8')).mirror;
    return typeof mirror === 'string' && URL.canParse(mirror) ? mirror : undefined;
  } catch (error) {
    if (isAppError(error)) throw error;
    return undefined;
  }
}
