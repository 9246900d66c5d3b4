import { damaged, sbomError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { Sections } from './sections.ts';

const maxLines = 20_000_000;

/** A document of tags and values in the fields of SPDX's JSON form. @throws SBOM_INVALID, SBOM_TOO_LARGE */
export function parseTagValue(text: string): Json {
  const sections = new Sections();
  for (const { tag, value } of readPairs(text)) sections.add(tag, value);
  return sections.toDocument();
}

/** Tags with their values, of which those between `<text>` and `</text>` may have several lines. */
function* readPairs(text: string): Generator<{ readonly tag: string; readonly value: string }, void, undefined> {
  let at = 0;
  for (let count = 0; at < text.length; count++) {
    if (count > maxLines) throw sbomError('SBOM_TOO_LARGE', { data: { what: 'lines', limit: maxLines } });
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd).replace(/\r$/, '');
    at = lineEnd + 1;
    const colon = line.indexOf(':');
    const tag = line.slice(0, colon).trim();
    if (colon < 1 || tag.startsWith('#') || !/^[A-Za-z]+$/.test(tag)) continue;
    const value = line.slice(colon + 1).trim();
    if (!value.startsWith('<text>')) {
      yield { tag, value };
      continue;
    }
    const start = lineEnd - line.length + line.indexOf('<text>') + 6 - (text[lineEnd - 1] === '\r' ? 1 : 0);
    const end = text.indexOf('</text>', start);
    if (end < 0) throw damaged('SPDX', `the text of ${tag} does not end`);
    yield { tag, value: text.slice(start, end) };
    at = endOfLine(text, end) + 1;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
