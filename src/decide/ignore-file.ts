/** A `.trivyignore` as it was found: where, and what is in it. */
export interface IgnoreFile {
  readonly path: string;
  readonly content: string;
}

/** One line that names a finding to leave out. */
export interface IgnoreEntry {
  readonly id: string;
  /** 1-based. */
  readonly line: number;
  /** `YYYY-MM-DD`; from the start of that day (UTC) on the entry no longer holds. */
  readonly expires?: string;
}

export interface ParsedIgnoreFile {
  readonly entries: readonly IgnoreEntry[];
  /** Lines (1-based) whose expiry is not a date: they ignore nothing. */
  readonly faults: readonly number[];
}

/** Reads a `.trivyignore`: one id a line, `#` starts a comment line, words behind the id are read for `exp:YYYY-MM-DD`. */
export function parseIgnoreFile(content: string): ParsedIgnoreFile {
  const entries: IgnoreEntry[] = [];
  const faults: number[] = [];
  for (const [index, text] of content
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const [id = '', ...words] = text.trim().split(/\s+/);
    if (id === '' || id.startsWith('#')) continue;
    const line = index + 1;
    const expires = words.find((word) => word.startsWith('exp:'))?.slice('exp:'.length);
    if (expires === undefined) entries.push({ id, line });
    else if (isDate(expires)) entries.push({ id, line, expires });
    else faults.push(line);
  }
  return { entries, faults };
}

export function isExpired(entry: IgnoreEntry, now: Date): boolean {
  return entry.expires !== undefined && now.getTime() > Date.parse(`${entry.expires}T00:00:00Z`);
}

/** True for a day that exists, so not for `2025-02-30`. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
