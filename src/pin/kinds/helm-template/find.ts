import type { FindSites } from '../../file-kind.ts';
import { imageSite, type Site, type WrittenText } from '../../site.ts';

const imageLine =
  /^[ \t]*(?:-[ \t]+)?image:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#"'][^\n#]*?))[ \t]*(?:#[^\n]*)?\r?$/gm;

/**
 * `image:` in a text that is YAML only after rendering, line by line. What is made of values alone is decided by the
 * values file.
 */
export const findSites: FindSites = (text) =>
  [...text.matchAll(imageLine)].flatMap((found) => {
    const value = found[1] ?? found[2] ?? found[3] ?? '';
    const start = found.index + found[0].indexOf(value, found[0].indexOf('image:') + 'image:'.length);
    const written = { value, span: { start, end: start + value.length }, exact: !value.includes('\\') };
    return value === '' ? [] : [siteOf(written)];
  });

function siteOf(written: WrittenText): Site {
  const site = imageSite('image', written);
  const literal = written.value.replace(/\{\{.*?\}\}/g, '');
  if (site.subject.kind !== 'open' || /[^:/@ ]/.test(literal)) return site;
  return { ...site, subject: { ...site.subject, reason: 'the values of the chart decide it', elsewhere: true } };
}
