import type { Catalog } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';

/** Longer files are no os-release files. */
const maxSize = 2 ** 20;

/** Reads the shell-like assignments of os-release(5). @throws KIT_TEXT_TOO_LONG */
export const catalogOsRelease: Catalog = (file) => {
  const fields = parseAssignments(readText(file.content, maxSize));
  const id = fields.get('ID')?.toLowerCase();
  if (!id) return [];
  const name = fields.get('NAME');
  return [{ kind: 'os-release', id, versionId: fields.get('VERSION_ID') ?? '', ...(name !== undefined && { name }) }];
};

function parseAssignments(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(equals, 0)).trim();
    if (/^[A-Z][A-Z0-9_]*$/.test(key)) fields.set(key, unquote(line.slice(equals + 1).trim()));
  }
  return fields;
}

/** Within double quotes a backslash keeps `"`, `$`, `` ` `` and itself from having a meaning. */
function unquote(value: string): string {
  if (/^'.*'$/.test(value)) return value.slice(1, -1);
  const inner = /^".*"$/.test(value) ? value.slice(1, -1) : value;
  return inner.replace(/\\(["$`\\])/g, '$1');
}
