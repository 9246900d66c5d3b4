import { join } from 'node:path';
import type { Fetch } from '../../core/index.ts';
import { makeDirectory, removePath, renameDurably, writeAtomic } from '../../disk/index.ts';
import { trustError } from '../errors.ts';
import { parseTrustedRoot } from '../root/trusted-root.ts';
import { type TufPaths, tufPaths } from './cache.ts';
import { makeTufFetcher } from './fetcher.ts';
import { openTufRepository } from './repository.ts';

export interface InitializeOptions {
  /** The directory of the cache: TUF_ROOT, or `~/.sigstore/root`. */
  readonly directory: string;
  /** An address of http, https or file. */
  readonly mirror: string;
  /** The root.json that is trusted to begin with. */
  readonly root: Uint8Array;
  readonly fetch: Fetch;
  readonly now: Date;
  readonly signal?: AbortSignal;
}

export interface Initialized {
  readonly directory: string;
  readonly mirror: string;
  /** Names of the targets that the mirror has, of those that are used. */
  readonly targets: readonly string[];
}

/** Targets that are used: whom to trust, and where to sign. */
export const targetNames = { trustedRoot: 'trusted_root.json', signingConfig: 'signing_config.v0.2.json' } as const;

const ownerOnly = { mode: 0o600 };

/**
 * Makes a cache of trusted keys as cosign lays it out; what was there before is replaced once the new one is whole.
 * @throws TRUST_TUF_FAILED, TRUST_ROOT_INVALID, DISK_*
 */
export async function initializeTuf(options: InitializeOptions): Promise<Initialized> {
  const { directory, mirror, now } = options;
  const final = tufPaths(directory, mirror);
  const staging = `${final.metadata}.${process.pid}.tmp`;
  const paths: TufPaths = { ...final, metadata: staging, targets: join(staging, 'targets') };
  try {
    const targets = await fill(paths, options);
    await removePath(final.metadata);
    await renameDurably(staging, final.metadata);
    await writeAtomic(final.state, JSON.stringify({ lastTimestamp: now.toISOString() }), ownerOnly);
    await writeAtomic(final.remote, JSON.stringify({ mirror }), ownerOnly);
    return { directory, mirror, targets };
  } finally {
    await removePath(staging);
  }
}

async function fill(paths: TufPaths, { mirror, root, fetch, signal }: InitializeOptions): Promise<string[]> {
  await makeDirectory(paths.targets);
  await writeAtomic(join(paths.metadata, 'root.json'), root, ownerOnly);
  const fetcher = makeTufFetcher(fetch, signal);
  const repository = await openTufRepository({ mirror, paths, fetcher, preferCache: false });
  const found: string[] = [];
  for (const name of Object.values(targetNames)) {
    const bytes = await repository.target(name);
    if (bytes === undefined && name === targetNames.trustedRoot) {
      throw trustError('TRUST_TUF_FAILED', { data: { mirror, reason: `it has no ${name}` } });
    }
    if (name === targetNames.trustedRoot) parseTrustedRoot(bytes ?? '');
    if (bytes !== undefined) found.push(name);
  }
  return found;
}
