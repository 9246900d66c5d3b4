import { type Markup, markup } from './markup.ts';
import { type SeverityCounts, totalOf, worstFirst } from './severity-counts.ts';

/** Counts by severity, the worst first, as one link to the findings that they count. */
export function drawCounts(counts: SeverityCounts, href: string): Markup {
  if (totalOf(counts) === 0) return markup`<span class="muted">none</span>`;
  const badges = worstFirst
    .filter((severity) => counts[severity] > 0)
    .map((severity) => {
      const name = severity.toLowerCase();
      return markup`<span class="count ${name}"><span class="hidden">${name} </span>${counts[severity].toLocaleString('en')}</span> `;
    });
  return markup`<a class="counts" href="${href}">${badges}</a>`;
}
