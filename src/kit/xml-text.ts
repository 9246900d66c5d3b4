const xmlEscapes: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** Text for the content and the attributes of XML 1.0; characters that XML does not have are replaced. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/["'&<>\t\n\r]/g, (char) => xmlEscapes[char] ?? char)
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
