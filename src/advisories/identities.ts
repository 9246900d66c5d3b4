import { type AdvisoryData, type CoverageNote, describeError, type IdentitySource, isAppError } from '../core/index.ts';
import type { OpenedJavaDb } from './java-db/open.ts';

/** Identity data by the name that an ecosystem gives it, opened when first asked for. */
export interface OpenedIdentities {
  open(name: string): Promise<{ source?: IdentitySource; notes: readonly CoverageNote[] }>;
  /** What was opened. */
  readonly data: readonly AdvisoryData[];
  close(): void;
}

/** Identity data of a cache directory. What is missing or unreadable becomes a note, as packages may stay unnamed. */
export function makeIdentities(cacheDir: string): OpenedIdentities {
  const opened: OpenedJavaDb[] = [];
  return {
    async open(name) {
      if (name !== 'java-db') return { notes: [] };
      try {
        // SQLite takes its time to load, and few images have archives to name.
        const { openJavaDb } = await import('./java-db/open.ts');
        const database = await openJavaDb(cacheDir);
        opened.push(database);
        return { source: database.source, notes: [] };
      } catch (error) {
        return { notes: [toNote(error)] };
      }
    },
    get data() {
      return opened.map(({ identity }) => identity);
    },
    close() {
      for (const database of opened.splice(0)) database.close();
    },
  };
}

function toNote(error: unknown): CoverageNote {
  if (!isAppError(error)) throw error;
  const code = error.code === 'ADVISORIES_MISSING' ? 'data-missing' : 'data-unreadable';
  const message = `Java archives are named by their own metadata alone: ${describeError(error)}`;
  return { effect: 'incomplete', code, message, data: { cause: error.code } };
}
