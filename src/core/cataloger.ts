import type { InventoryRecord } from './inventory.ts';
import type { ByteSource } from './ports.ts';

/** A regular file as an archive or directory announces it. */
export interface FileHead {
  /** Relative to the root, `/` between parts, no leading `./` or `/`. */
  readonly path: string;
  readonly size: number;
  /** Unix permission bits. */
  readonly mode: number;
}

export interface CatalogFile extends FileHead {
  readonly content: ByteSource;
}

/** Which files a cataloger asks for; several matchers are alternatives. */
export type FileMatcher =
  | { readonly path: string }
  | { readonly basename: string }
  | { readonly suffix: string; readonly ignoreCase?: true }
  | { readonly directory: string; readonly suffix?: string }
  | { readonly executable: true };

/** What kind of tree is read: `installed` for images and root file systems, `project` for source directories. */
export type TreeKind = 'installed' | 'project';

/** Turns the bytes of one file into records; throws AppError when the file is not what its name says. */
export type Catalog = (file: CatalogFile) => readonly InventoryRecord[] | Promise<readonly InventoryRecord[]>;

export interface CatalogerDescriptor {
  /** Stable name, shown as `AnalyzedBy` and part of the cache key. */
  readonly id: string;
  /** Raised whenever the records for the same bytes change. */
  readonly version: number;
  readonly title: string;
  readonly trees: readonly TreeKind[];
  readonly files: readonly FileMatcher[];
  /** A last look at the path, for what the matchers cannot say. */
  readonly accepts?: (head: FileHead) => boolean;
  /** First bytes in hexadecimal, at most 8: files that begin with none of these are not handed over, nor held in memory. */
  readonly magic?: readonly string[];
  /** What a file that cannot be read means for the verdict: a damaged database hides packages, a damaged stray file may not. */
  readonly onFailure: 'incomplete' | 'note';
  readonly load: () => Promise<Catalog>;
}
