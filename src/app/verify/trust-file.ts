import { dirname, resolve } from 'node:path';
import { readWhole } from '../../disk/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { loadTrustFile, type TrustedRoot } from '../../trust/index.ts';
import type { SignerPolicy } from '../../verify/index.ts';

const limits = { file: 4 * 2 ** 20, part: 2 ** 20 };

/** What a trust file says for one repository. */
export interface TrustedSigners {
  /** Each key by itself, then everybody whom an identity names. */
  readonly signers: readonly SignerPolicy[];
  readonly trust: TrustedRoot;
}

/** Whom a trust file trusts for a repository; files that it names are found beside it. @throws DISK_*, TRUST_*, KIT_JSON_INVALID */
export async function readTrustFile(path: string, repository: string | undefined): Promise<TrustedSigners> {
  const [json, { isInScope, parseTrustFile, scopedKeys, scopedRoot }] = await Promise.all([
    readWhole(path, limits.file),
    loadTrustFile(),
  ]);
  const file = parseTrustFile(json);
  const read = onceForEach(async (name: string) =>
    (await readWhole(resolve(dirname(path), name), limits.part)).toString('latin1'),
  );
  const [keys, trust] = await Promise.all([scopedKeys(file, repository, read), scopedRoot(file, repository, read)]);
  const identities = file.identities.filter((entry) => isInScope(entry, repository));
  return {
    signers: [
      ...keys.map(({ key, validity }): SignerPolicy => ({ kind: 'key', key, validity })),
      ...(identities.length === 0 ? [] : [{ kind: 'identity', identities } as const]),
    ],
    trust,
  };
}
