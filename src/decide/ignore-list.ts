import type { CoverageNote, Finding, SuppressedFinding } from '../core/index.ts';
import { type IgnoreEntry, type IgnoreFile, isExpired, parseIgnoreFile } from './ignore-file.ts';

/** The entries of an ignore file that hold at one moment; remembers which of them were of use. */
export interface IgnoreList {
  /** Whether an entry names the finding; asked for every finding, so that an entry for a filtered one counts as used. */
  suppress(finding: Finding): SuppressedFinding | undefined;
  /** What the reader should know of the file once all findings were asked for. */
  notes(): CoverageNote[];
}

const listed = 5;

export function makeIgnoreList({ path, content }: IgnoreFile, now: Date): IgnoreList {
  const { entries, faults } = parseIgnoreFile(content);
  const expired = entries.filter((entry) => isExpired(entry, now));
  const valid = new Map(entries.filter((entry) => !isExpired(entry, now)).map((entry) => [entry.id, entry]));
  const used = new Set<string>();
  return {
    suppress(finding) {
      if (!valid.has(finding.id)) return undefined;
      used.add(finding.id);
      return { finding, status: 'ignored', source: path };
    },
    notes() {
      const unused = [...valid.values()].filter(({ id }) => !used.has(id));
      return [
        ...noteOf(unused.map(nameEntry), (names) => `${path} names what is not found here: ${names}`),
        ...noteOf(expired.map(nameExpired), (names) => `${path} has entries that have expired: ${names}`),
        ...noteOf(
          faults.map((line) => `line ${line}`),
          (names) => `${path} has entries whose expiry is not a date, so that they ignore nothing: ${names}`,
        ),
      ];
    },
  };
}

function nameEntry({ id, line }: IgnoreEntry): string {
  return `${id} (line ${line})`;
}

function nameExpired({ id, line, expires }: IgnoreEntry): string {
  return `${id} (line ${line}, ${expires})`;
}

/** One note for all, naming the first few, so that a long file cannot flood a report. */
function noteOf(names: readonly string[], say: (names: string) => string): CoverageNote[] {
  if (names.length === 0) return [];
  const more = names.length > listed ? ` and ${names.length - listed} more` : '';
  const message = say(names.slice(0, listed).join(', ') + more);
  return [{ effect: 'note', code: 'filtered', message, data: { count: names.length } }];
}
