import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ErrorTable } from '../../src/core/error.ts';
import { heading } from './markdown.ts';

/** The error tables of all rooms, by the folder that owns them. */
export async function readErrorTables(root: string): Promise<Map<string, ErrorTable>> {
  const tables = new Map<string, ErrorTable>();
  for (const path of globSync('src/**/errors.ts', { cwd: root }).sort()) {
    const module = (await import(join(root, path))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (name.endsWith('Errors')) tables.set(dirname(path).replace('src/', ''), value as ErrorTable);
    }
  }
  return tables;
}

const introduction = `
Every error that Plimsoll reports has a code that stays the same between versions. On the command line it stands behind the
message, in brackets; in the library it is \`error.code\`. The words may change, and \`{names}\` stand for what is filled in.
Errors marked *may pass* can be gone when the same is tried again.
`;

/** docs/errors.md: every code with its message and what to do. */
export async function errorsPage(root: string): Promise<string> {
  const rooms = [...(await readErrorTables(root))].map(([room, table]) => `## ${room}\n\n${describe(table)}`);
  return `${heading('Errors', 'the error tables')}${introduction}\n${rooms.join('\n')}`;
}

function describe(table: ErrorTable): string {
  return Object.entries(table)
    .map(
      ([name, { message, hint, retryable }]) =>
        `### ${name}\n\n${message}.${retryable ? ' *May pass.*' : ''}\n\n${hint}\n`,
    )
    .join('\n');
}
