/** Names in a `Depends` field, alternatives among them, each once (Debian Policy 7.1). */
export function parseDepends(field: string): string[] {
  const names = field.split(/[,|]/).map((relation) => relation.split('(', 1)[0]?.trim() ?? '');
  return [...new Set(names.filter((name) => name !== ''))];
}
