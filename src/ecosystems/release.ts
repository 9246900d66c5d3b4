import type { CatalogFile, Distribution, OsReleaseRecord } from '../core/index.ts';

/** Bytes of a release file that are looked at; real ones have one line. */
const limit = 64 * 1024;

/** Recognises a distribution by the identifiers that its release files state; the most precise release counts. */
export function recogniseAs(...ids: readonly string[]): Distribution['recognise'] {
  return (records) => mostPrecise(records.filter(({ id }) => ids.includes(id)));
}

/** Of `12` and `12.5`, the latter; of a name (`trixie/sid`) and a number, the number. */
export function mostPrecise(records: readonly OsReleaseRecord[]): string | undefined {
  const releases = records.map(({ versionId }) => versionId);
  const numbered = releases.filter((release) => /^\d/.test(release));
  const candidates = numbered.length > 0 ? numbered : releases;
  return candidates.reduce<string | undefined>(
    (best, release) => (best === undefined || release.length > best.length ? release : best),
    undefined,
  );
}

/** `9.2` belongs to `9`. */
export function majorRelease(name: string): string {
  return name.split('.', 1)[0] ?? '';
}

/** `3.18.4` belongs to `3.18`. */
export function minorRelease(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}

/** The text of a release file, as far as it is looked at. */
export function releaseText({ content }: CatalogFile): string {
  const bytes = content.read(0, Math.min(content.size, limit));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
