const htmlEscapes: Readonly<Record<string, string>> = {
  '\u0000': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Text for HTML, as Go's `html` function and html.EscapeString write it. */
export function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, (char) => htmlEscapes[char] ?? char);
}

/** Text for a string of JavaScript (template.JSEscapeString). */
export function escapeScript(text: string): string {
  return text.replace(/['"\\<>&=\p{Cc}\u2028\u2029]/gu, (char) => {
    if (char === "'" || char === '"' || char === '\\') return `\\${char}`;
    return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** Text for the query of an address (url.QueryEscape). */
export function escapeUrl(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
  return encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
