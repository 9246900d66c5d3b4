/** An instruction of the history of an image, as it stands in a Dockerfile as far as that can be told. */
export function toInstruction(createdBy: string): string {
  const text = createdBy
    .replace(/\s*# buildkit\s*$/, '')
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^(RUN )?\|\d+ (?:\S+=\S* )*\/bin\/sh -c /, 'RUN ')
    .replace(/^(RUN )?\/bin\/sh -c /, 'RUN ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** What a person reads of a command before the rest is noise. */
const maxLength = 400;
