import { createHash } from 'node:crypto';
import {
  type Catalog,
  type CatalogerDescriptor,
  type CatalogFile,
  type CoverageNote,
  describeError,
  type FiledRecord,
  type InventoryRecord,
  isAppError,
} from '../core/index.ts';

/** Collects what catalogers record of one tree; loads each cataloger when its first file comes. */
export class Recorder {
  readonly records: FiledRecord[] = [];
  readonly notes: CoverageNote[] = [];
  /** Paths that a cataloger asked for but of which it recorded nothing. */
  readonly empty: Set<string> = new Set();
  /** Files given to each cataloger. */
  readonly files: Record<string, number> = {};
  readonly #loaded: Map<string, Catalog>;
  #pending: Promise<void>[] = [];

  /** `loaded` is shared by all layers of a scan, so that each cataloger is loaded once. */
  constructor(loaded: Map<string, Catalog>) {
    this.#loaded = loaded;
  }

  /** Work that has begun and not ended; to be awaited before more is begun, so that memory stays bounded. */
  get busy(): boolean {
    return this.#pending.length > 0;
  }

  async settle(): Promise<void> {
    while (this.#pending.length > 0) {
      const pending = this.#pending;
      this.#pending = [];
      await Promise.all(pending);
    }
  }

  /** Gives a file to a cataloger and `release`s it afterwards. A failure becomes a note, never an exception. */
  catalog(descriptor: CatalogerDescriptor, file: CatalogFile, release: () => void): void {
    this.files[descriptor.id] = (this.files[descriptor.id] ?? 0) + 1;
    const catalog = this.#loaded.get(descriptor.id);
    const outcome = catalog === undefined ? this.#loadThenRun(descriptor, file) : this.#run(catalog, descriptor, file);
    if (outcome === undefined) release();
    else this.#pending.push(outcome.finally(release));
  }

  /** Drops what was recorded of a path: a name that comes twice in one archive stands for its last content. */
  forget(path: string): void {
    const kept = this.records.filter((record) => record.path !== path);
    this.records.splice(0, this.records.length, ...kept);
  }

  note(note: CoverageNote): void {
    this.notes.push(note);
  }

  async #loadThenRun(descriptor: CatalogerDescriptor, file: CatalogFile): Promise<void> {
    const catalog = await descriptor.load();
    this.#loaded.set(descriptor.id, catalog);
    await this.#run(catalog, descriptor, file);
  }

  /** Most catalogers answer at once; a promise is returned only for those that do not. */
  #run(catalog: Catalog, descriptor: CatalogerDescriptor, file: CatalogFile): Promise<void> | undefined {
    try {
      const outcome = catalog(file);
      if (!(outcome instanceof Promise)) {
        this.#keep(descriptor, file, outcome);
        return undefined;
      }
      return outcome.then(
        (records) => this.#keep(descriptor, file, records),
        (error: unknown) => this.#fail(descriptor, file, error),
      );
    } catch (error) {
      this.#fail(descriptor, file, error);
      return undefined;
    }
  }

  #keep(descriptor: CatalogerDescriptor, file: CatalogFile, records: readonly InventoryRecord[]): void {
    let kept = 0;
    for (const record of records) {
      if (record.kind === 'coverage') this.note({ path: file.path, ...record.note });
      else kept = this.records.push({ path: file.path, cataloger: descriptor.id, record, ...hashOf(file, record) });
    }
    if (kept === 0) this.empty.add(file.path);
  }

  #fail(descriptor: CatalogerDescriptor, file: CatalogFile, error: unknown): void {
    this.empty.add(file.path);
    this.note({
      effect: descriptor.onFailure,
      code: 'file-unreadable',
      message: `${descriptor.title}: ${describeError(error)}`,
      path: file.path,
      data: { cataloger: descriptor.id, ...(isAppError(error) && { cause: error.code }) },
    });
  }
}

/** Metadata of one package is a small file. */
const maxHashedSize = 256 * 1024;

function hashOf({ size, content }: CatalogFile, record: InventoryRecord): Pick<FiledRecord, 'sha1'> {
  if (record.kind !== 'packages' || record.packages.length !== 1 || size > maxHashedSize) return {};
  return { sha1: createHash('sha1').update(content.read(0, content.size)).digest('hex') };
}
