import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../src/core/index.ts';
import type { RunningServer } from '../../src/net/index.ts';
import { loadRegistryServer } from '../../src/oci/index.ts';

/** A way to run the registry that must conform. */
export interface Place {
  readonly title: string;
  /** Settings of the conformance program beyond those of every place. */
  readonly environment: Readonly<Record<string, string>>;
  /** `parent` is a directory for what is to be kept on disk. */
  serve(parent: string, log: Logger): Promise<RunningServer>;
}

async function serve(options: object): Promise<RunningServer> {
  const { serveRegistry } = await loadRegistryServer();
  return serveRegistry(options as Parameters<typeof serveRegistry>[0]);
}

export const places: readonly Place[] = [
  { title: 'in memory', environment: {}, serve: (_, log) => serve({ log }) },
  {
    title: 'on disk',
    environment: {},
    serve: async (parent, log) => serve({ log, directory: join(parent, 'strict') }),
  },
  {
    title: 'on disk, with sparse manifests',
    environment: { OCI_DATA_SPARSE: 'true' },
    serve: async (parent, log) => serve({ log, directory: join(parent, 'sparse'), allowSparse: true }),
  },
];

export function makeParent(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'plimsoll-conformance-'));
}
