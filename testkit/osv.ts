/** An OSV record in the words of the schema, with what a test does not say filled in. */
export function makeOsvRecord(id: string, parts: Record<string, unknown> = {}): Record<string, unknown> {
  return { schema_version: '1.7.0', id, modified: '2030-01-01T00:00:00Z', ...parts };
}

/** One `affected` entry; `events` are written as `introduced 0`, `fixed 1.2`, `last_affected 1.1` or `limit 2`. */
export function affects(
  ecosystem: string,
  name: string,
  events: readonly string[],
  parts: Record<string, unknown> = {},
): Record<string, unknown> {
  const ranges = [{ type: 'ECOSYSTEM', events: events.map((text) => Object.fromEntries([text.split(' ')])) }];
  return { package: { ecosystem, name }, ...(events.length > 0 && { ranges }), ...parts };
}
