import { type CoverageNote, type DataSource, describeError, isAppError } from '../../core/index.ts';
import { findingIds } from './advisory.ts';
import type { Bucket, FindBucket } from './bucket.ts';
import type { RecordFiles } from './files.ts';
import { type OsvRecord, parseRecord } from './record.ts';

/** Where each package and each vulnerability is spoken of; records themselves are read again when looked up. */
export interface Catalog {
  readonly buckets: ReadonlyMap<string, CatalogBucket>;
  /** Numbers of records by the id of their findings. */
  readonly details: ReadonlyMap<string, readonly SourcedNumber[]>;
  /** When the newest record was changed. */
  readonly updatedAt: string | undefined;
  readonly notes: readonly CoverageNote[];
}

export interface CatalogBucket extends Bucket {
  /** Numbers of records by the name that packages are looked up by. */
  readonly packages: Map<string, number[]>;
}

export interface SourcedNumber {
  readonly number: number;
  readonly source: DataSource['id'];
}

const maxNotes = 100;
/** Records between two looks at the signal, and at whatever else waits. */
const stride = 256;

/** Reads every record once. What is not a record is noted by name, and the rest goes on. */
export async function catalogRecords(
  files: RecordFiles,
  findBucket: FindBucket,
  signal?: AbortSignal,
): Promise<Catalog> {
  const builder = new CatalogBuilder(findBucket);
  for (const [name, reason] of files.unreadable) builder.noteUnread(name, reason);
  for (let number = 0; number < files.names.length; number++) {
    if (number % stride === 0) await breathe(signal);
    const name = files.names[number] ?? '';
    try {
      builder.add(parseRecord(files.read(number), name), number);
    } catch (error) {
      if (!isAppError(error)) throw error;
      builder.noteUnread(name, describeError(error));
    }
  }
  return builder.finish();
}

async function breathe(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setImmediate(resolve));
}

class CatalogBuilder {
  readonly #findBucket: FindBucket;
  readonly #buckets = new Map<string, CatalogBucket>();
  readonly #details = new Map<string, SourcedNumber[]>();
  readonly #notes: CoverageNote[] = [];
  #unread = 0;
  #updatedAt: string | undefined;

  constructor(findBucket: FindBucket) {
    this.#findBucket = findBucket;
  }

  add(record: OsvRecord, number: number): void {
    if (record.withdrawn) return;
    const sources = new Set<string>();
    for (const { package: named } of record.affected) {
      const bucket = named && this.#findBucket(named.ecosystem, record.id);
      if (named === undefined || bucket === undefined) continue;
      sources.add(bucket.source.id);
      addOnce(this.#bucket(bucket).packages, bucket.lookupName(named.name), number);
    }
    const [source] = sources;
    if (source === undefined) return;
    for (const id of findingIds(record)) {
      const known = this.#details.get(id);
      if (known === undefined) this.#details.set(id, [{ number, source }]);
      else known.push({ number, source });
    }
    if (record.modified !== undefined && record.modified > (this.#updatedAt ?? '')) this.#updatedAt = record.modified;
  }

  noteUnread(name: string, reason: string): void {
    this.#unread++;
    if (this.#unread > maxNotes) return;
    const message = reason.includes(name) ? reason : `${name}: ${reason}`;
    this.#notes.push({ effect: 'incomplete', code: 'data-unreadable', message, path: name });
  }

  finish(): Catalog {
    const more = this.#unread - maxNotes;
    const message = `${more} more OSV records cannot be read`;
    const last: CoverageNote[] = more > 0 ? [{ effect: 'incomplete', code: 'data-unreadable', message }] : [];
    return {
      buckets: this.#buckets,
      details: this.#details,
      updatedAt: this.#updatedAt,
      notes: [...this.#notes, ...last],
    };
  }

  #bucket(bucket: Bucket): CatalogBucket {
    let known = this.#buckets.get(bucket.name);
    if (known === undefined) {
      known = { ...bucket, packages: new Map() };
      this.#buckets.set(bucket.name, known);
    }
    return known;
  }
}

/** A record may speak of one package several times. */
function addOnce(numbers: Map<string, number[]>, name: string, number: number): void {
  const known = numbers.get(name);
  if (known === undefined) numbers.set(name, [number]);
  else if (known.at(-1) !== number) known.push(number);
}
