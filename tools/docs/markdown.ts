/** First lines of a generated page. */
export function heading(title: string, source: string): string {
  return `<!-- Written by \`npm run docs\` from ${source}; do not edit. -->\n\n# ${title}\n`;
}

/** A table; cells may hold anything, bars are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

export function codes(texts: readonly string[]): string {
  return texts.map(code).join(', ');
}
