import type { Catalog } from '../../core/index.ts';

/** Reads the shell-like assignments of os-release(5). */
export const catalogOsRelease: Catalog = (file) => {
  const fields = parseAssignments(Buffer.from(file.content.read(0, file.content.size)).toString('utf8'));
  const id = fields.get('ID')?.toLowerCase();
  if (!id) return [];
  const name = fields.get('NAME');
  return [{ kind: 'os-release', id, versionId: fields.get('VERSION_ID') ?? '', ...(name !== undefined && { name }) }];
};

function parseAssignments(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, value] = /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key, unquote(value));
  }
  return fields;
}

/** Within double quotes a backslash keeps `"`, `$`, `` ` `` and itself from having a meaning. */
function unquote(value: string): string {
  if (/^'.*'$/.test(value)) return value.slice(1, -1);
  const inner = /^".*"$/.test(value) ? value.slice(1, -1) : value;
  return inner.replace(/\\(["$`\\])/g, '$1');
}
