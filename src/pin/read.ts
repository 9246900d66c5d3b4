import { readRewritable } from '../disk/index.ts';
import type { Candidate } from './collect.ts';
import { decodeText } from './decode.ts';
import { pinError } from './errors.ts';
import type { FileKind, FindOptions } from './file-kind.ts';
import type { Site } from './site.ts';
import { uniqueSites } from './unique.ts';

/** A file with its references. */
export interface FileSites {
  readonly path: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly sites: readonly KindSite[];
  /** Writes another text in its place. @throws DISK_FILE_CHANGED, DISK_UNWRITABLE */
  replace(text: string): Promise<void>;
}

export type KindSite = Site & { readonly file: FileKind['id'] };

const maxFileSize = 8 * 2 ** 20;
const mark = '\u{feff}';

/** Reads a file and finds what it refers to. @throws DISK_*, PIN_FILE_INVALID, PIN_KIND_UNKNOWN */
export async function readFile(candidate: Candidate, options: FindOptions): Promise<FileSites> {
  const file = await readRewritable(candidate.absolutePath, candidate.root, maxFileSize);
  const whole = decodeText(file.bytes);
  const text = whole.startsWith(mark) ? whole.slice(mark.length) : whole;
  const lead = whole.slice(0, whole.length - text.length);
  const kinds = chooseKinds(candidate.kinds, text);
  if (kinds.length === 0 && candidate.named) throw pinError('PIN_KIND_UNKNOWN');
  const sites = (
    await Promise.all(
      kinds.map(async (kind) => {
        const findSites = await kind.load();
        return findSites(text, options).map((site) => ({ ...site, file: kind.id }));
      }),
    )
  ).flat();
  return {
    path: candidate.path,
    text,
    sites: uniqueSites(sites),
    replace: (replaced) => file.replace(Buffer.from(lead + replaced, 'utf8')),
  };
}

/** The first kind that has the file for itself, or all that share it. */
function chooseKinds(kinds: readonly FileKind[], text: string): readonly FileKind[] {
  const fitting = kinds.filter(({ isOne }) => isOne?.(text) ?? true);
  const own = fitting.find(({ shared }) => shared !== true);
  return own === undefined ? fitting : [own];
}
