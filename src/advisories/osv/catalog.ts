import { type CoverageNote, type DataSource, describeError, isAppError } from '../../core/index.ts';
import { findingIds } from './advisory.ts';
import type { Bucket, FindBucket } from './bucket.ts';
import type { RecordFiles } from './files.ts';
import { type OsvAffected, type OsvRecord, parseRecord } from './record.ts';

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
/** All published records are less than half as many. */
const maxRecords = 2_000_000;
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
  for (const name of files.names.slice(maxRecords)) builder.noteUnread(name, `more than ${maxRecords} records`);
  for (let number = 0; number < Math.min(files.names.length, maxRecords); number++) {
    if (number % stride === 0) await breathe(signal);
    const name = files.names[number] ?? '';
    try {
      builder.add(parseRecord(files.read(number), name), number, name);
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
  #commitsOnly = 0;
  #updatedAt: string | undefined;

  constructor(findBucket: FindBucket) {
    this.#findBucket = findBucket;
  }

  add(record: OsvRecord, number: number, name: string): void {
    if (record.withdrawn) return;
    const buckets = record.affected.flatMap((affected) => this.#addAffected(affected, record, { number, name }));
    const [first] = buckets;
    if (first === undefined) return;
    for (const id of findingIds(record, first)) {
      const known = this.#details.get(id);
      if (known === undefined) this.#details.set(id, [{ number, source: first.source.id }]);
      else known.push({ number, source: first.source.id });
    }
    if (record.modified !== undefined && record.modified > (this.#updatedAt ?? '')) this.#updatedAt = record.modified;
  }

  /** The bucket that it went to; none for ecosystems that no descriptor claims. */
  #addAffected(
    affected: OsvAffected,
    { id }: OsvRecord,
    { number, name }: { readonly number: number; readonly name: string },
  ): Bucket[] {
    const bucket = affected.package && this.#findBucket(affected.package.ecosystem, id);
    if (affected.package === undefined || bucket === undefined) return [];
    if (!saysVersions(affected)) this.#noteVersionless(affected, name);
    addOnce(this.#bucket(bucket).packages, bucket.lookupName(affected.package.name), number);
    return [bucket];
  }

  /** Commits are a way to state versions, though not one that packages can be compared with; nothing at all is an error. */
  #noteVersionless({ package: named, ranges }: OsvAffected, name: string): void {
    if (ranges.length > 0) this.#commitsOnly++;
    else this.noteUnread(name, `it does not say which versions of ${named?.name} are affected`);
  }

  noteUnread(name: string, reason: string): void {
    this.#unread++;
    if (this.#unread > maxNotes) return;
    const message = reason.includes(name) ? reason : `${name}: ${reason}`;
    this.#notes.push({ effect: 'incomplete', code: 'data-unreadable', message, path: name });
  }

  finish(): Catalog {
    const more = this.#unread - maxNotes;
    if (more > 0) this.#note('incomplete', `${more} more OSV records cannot be read`);
    const commits = `${this.#commitsOnly} statements of OSV records are about commits, which no package tells of itself`;
    if (this.#commitsOnly > 0) this.#note('note', commits);
    return { buckets: this.#buckets, details: this.#details, updatedAt: this.#updatedAt, notes: this.#notes };
  }

  #note(effect: CoverageNote['effect'], message: string): void {
    this.#notes.push({ effect, code: 'data-unreadable', message });
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

function saysVersions({ ranges, versions }: OsvAffected): boolean {
  return versions.length > 0 || ranges.some(({ type }) => type !== 'GIT');
}

/** A record may speak of one package several times. */
function addOnce(numbers: Map<string, number[]>, name: string, number: number): void {
  const known = numbers.get(name);
  if (known === undefined) numbers.set(name, [number]);
  else if (known.at(-1) !== number) known.push(number);
}
