/** Text of at most so many UTF-16 units, with an ellipsis where it was cut. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}
