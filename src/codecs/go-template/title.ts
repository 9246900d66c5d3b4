/** Every word with a capital at its start, as strings.Title of Go has it: letters, digits and `_` make words. */
export function toTitle(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_])\p{L}/gu, (char) => char.toUpperCase());
}
