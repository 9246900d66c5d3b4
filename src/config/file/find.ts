import { join, resolve } from 'node:path';
import { statPath } from '../../disk/index.ts';

/** Names that are looked for in the working directory; the first that exists is read. */
export const fileNames: readonly string[] = ['plimsoll.yaml', 'trivy.yaml'];

export interface FileSearch {
  /** The file of `--config`. */
  readonly named: string | undefined;
  readonly workingDirectory: string;
  /** Where the user's own `plimsoll/plimsoll.yaml` lies, if anywhere. */
  readonly userDirectory: string | undefined;
}

export interface FoundFile {
  readonly path: string;
  readonly trusted: boolean;
}

/** The configuration files that count, what is trusted first: the named or the user's own before the working directory's. */
export async function findConfigFiles(search: FileSearch): Promise<FoundFile[]> {
  const own = search.userDirectory && join(search.userDirectory, 'plimsoll', 'plimsoll.yaml');
  const trusted: FoundFile[] = search.named === undefined ? [] : [{ path: search.named, trusted: true }];
  if (own && (await isFile(own))) trusted.push({ path: own, trusted: true });
  if (search.named !== undefined) return trusted;
  for (const name of fileNames) {
    const path = resolve(search.workingDirectory, name);
    if (path !== own && (await isFile(path))) return [...trusted, { path: name, trusted: false }];
  }
  return trusted;
}

async function isFile(path: string): Promise<boolean> {
  return (await statPath(path).catch(() => undefined))?.kind === 'file';
}
