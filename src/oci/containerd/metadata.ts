import { type BoltBucket, openBolt } from '../../codecs/bbolt/index.ts';
import { type Digest, isAppError, isDigest } from '../../core/index.ts';
import { openSource } from '../../disk/index.ts';

/** What containerd's metadata says of a name. */
export interface ContainerdTarget {
  readonly namespace: string;
  readonly digest: Digest;
}

const attempts = 3;

/**
 * The digest that a name means in the first of some namespaces that has it; all of them, `default` first, when none are
 * given (containerd metadata/buckets.go). The daemon may be writing: a page that was replaced under the reader shows as damage, and is
 * read again. @throws DISK_NOT_FOUND, DISK_UNREADABLE, CODEC_BOLT_INVALID
 */
export function findTarget(path: string, name: string, namespace: string | undefined): ContainerdTarget | undefined {
  for (let count = 1; ; count++) {
    const source = openSource(path);
    try {
      return lookUp(openBolt(source), name, namespace);
    } catch (error) {
      if (count >= attempts || !isAppError(error, 'CODEC_BOLT_INVALID')) throw error;
    } finally {
      source.close();
    }
  }
}

function lookUp(root: BoltBucket, name: string, namespace: string | undefined): ContainerdTarget | undefined {
  const version = root.bucket('v1');
  for (const candidate of namespace === undefined ? namespacesOf(version) : [namespace]) {
    const target = version?.bucket(candidate)?.bucket('images')?.bucket(name)?.bucket('target');
    const digest = target?.get('digest')?.toString('utf8') ?? '';
    if (isDigest(digest)) return { namespace: candidate, digest };
  }
  return undefined;
}

function namespacesOf(version: BoltBucket | undefined): string[] {
  const all = [...(version?.entries() ?? [])].filter(({ value }) => value === undefined).map(({ key }) => key);
  return all.sort((a, b) => Number(b === 'default') - Number(a === 'default'));
}
