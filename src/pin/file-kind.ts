import type { Registered } from '../kit/registry.ts';
import type { Site } from './site.ts';

/** One kind of file with references: what every run knows of it. */
export interface FileKind extends Registered {
  /** For people, plural: `Dockerfiles`. */
  readonly title: string;
  /** Which files they are, for the documentation. */
  readonly files: string;
  /** Tested against the whole path, `/` between parts, before the file is read. */
  readonly names: RegExp;
  /** Tested against the text, where the name does not tell enough. */
  readonly isOne?: (text: string) => boolean;
  /** True when other kinds may look at the file too: one file can hold documents of several systems. */
  readonly shared?: true;
  readonly load: () => Promise<FindSites>;
}

/** Finds references and changes nothing. @throws PIN_FILE_INVALID */
export type FindSites = (text: string, options: FindOptions) => Site[];

export interface FindOptions {
  /** Places of images in custom resources: paths such as `spec.images.*` by `Kind` or `group/Kind`. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}
