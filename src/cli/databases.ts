import type { DatabaseStatus } from '../app/index.ts';

/** The state of the databases, as `db status` and `version` print it. */
export function formatDatabases(databases: readonly DatabaseStatus[]): string {
  return databases.map((database) => `${[`${database.title}:`, ...linesOf(database)].join('\n  ')}\n`).join('');
}

function linesOf({ path, size, version, updatedAt, nextUpdate, downloadedAt }: DatabaseStatus): string[] {
  if (size === undefined) return [`Not there: ${path}`];
  const facts: [string, string | number | undefined][] = [
    ['Version', version],
    ['UpdatedAt', updatedAt],
    ['NextUpdate', nextUpdate],
    ['DownloadedAt', downloadedAt],
  ];
  return facts.map(([name, value]) => `${name}: ${value ?? 'not known'}`);
}

/** The same for programs, with the names that `trivy version --format json` has. */
export function databasesToJson(databases: readonly DatabaseStatus[]): Record<string, unknown> {
  const names = { vulnerability: 'VulnerabilityDB', java: 'JavaDB' } as const;
  return Object.fromEntries(
    databases
      .filter(({ size }) => size !== undefined)
      .map(({ id, version, updatedAt, nextUpdate, downloadedAt }) => [
        names[id],
        { Version: version, NextUpdate: nextUpdate, UpdatedAt: updatedAt, DownloadedAt: downloadedAt },
      ]),
  );
}
