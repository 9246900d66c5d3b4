/**
 * JSON as Go's encoding/json writes it, so that what is derived from such text has the same digest: `<`, `>`, `&` and two
 * line separators escaped, members in the order of the object that is given.
 */
export function toGoJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, undefined, indent).replace(/[<>&\u2028\u2029]/g, toEscape);
}

function toEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
