import type { FindSites } from '../../file-kind.ts';
import { imageSite, type Site, type WrittenText } from '../../site.ts';

/** Nobody writes a longer one for a name. */
const maxTemplate = 1000;
const imageLine = /^([ \t]*(?:-[ \t]+)?image:[ \t]+)([^\n]*)/gm;

/**
 * `image:` in a text that is YAML only after rendering, line by line. What is made of values alone is decided by the
 * values file.
 */
export const findSites: FindSites = (text) =>
  [...text.matchAll(imageLine)].flatMap(({ index, 1: key = '', 2: rest = '' }) => {
    const value = readValue(rest);
    if (value === undefined || value === '') return [];
    const start = index + key.length + (/^["']/.test(rest) ? 1 : 0);
    return [siteOf({ value, span: { start, end: start + value.length }, exact: !value.includes('\\') })];
  });

/** What stands between quotes or before a comment; undefined when something else follows. */
function readValue(rest: string): string | undefined {
  const quote = /^["']/.exec(rest)?.[0];
  if (quote === undefined) return rest.split('#', 1)[0]?.trimEnd();
  const end = rest.indexOf(quote, 1);
  return end > 0 && /^(?:#|$)/.test(rest.slice(end + 1).trim()) ? rest.slice(1, end) : undefined;
}

function siteOf(written: WrittenText): Site {
  const site = imageSite('image', written);
  if (site.subject.kind !== 'open' || written.value.length > maxTemplate) return site;
  if (/[^:/@ ]/.test(written.value.replace(/\{\{.*?\}\}/g, ''))) return site;
  return { ...site, subject: { ...site.subject, reason: 'the values of the chart decide it', elsewhere: true } };
}
