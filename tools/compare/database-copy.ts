import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Copies of databases: tools write their caches beside a database, so it is never used where it lies. */
export class DatabaseCopies {
  readonly #copies = new Map<string, string>();

  /** The directory of the copy, made when it is first asked for. */
  of(cacheDir: string): string {
    const known = this.#copies.get(cacheDir);
    if (known !== undefined) return known;
    const copy = mkdtempSync(join(tmpdir(), 'plimsoll-compare-'));
    this.#copies.set(cacheDir, copy);
    for (const part of ['db', 'java-db'].filter((name) => existsSync(join(cacheDir, name)))) {
      cpSync(join(cacheDir, part), join(copy, part), { recursive: true });
    }
    return copy;
  }

  remove(): void {
    for (const copy of this.#copies.values()) rmSync(copy, { recursive: true, force: true });
  }
}
