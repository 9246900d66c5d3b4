import type { Site } from './site.ts';

/** In the order of the text, each place once; one that stands for several references is left alone. */
export function uniqueSites<T extends Site>(sites: readonly T[]): T[] {
  const byStart = Map.groupBy(sites, ({ span }) => span.start);
  return [...byStart.values()]
    .map((same) => (new Set(same.map(meaningOf)).size > 1 ? clash(same) : same[0]))
    .filter((site) => site !== undefined)
    .sort((a, b) => a.span.start - b.span.start);
}

function meaningOf({ subject }: Site): string {
  switch (subject.kind) {
    case 'image':
      return `image ${subject.reference}`;
    case 'action':
      return `action ${subject.repository}`;
    case 'open':
      return `open ${subject.text}`;
  }
}

function clash<T extends Site>([site]: readonly T[]): T | undefined {
  if (site === undefined) return undefined;
  const text = site.subject.kind === 'image' ? site.subject.reference : site.what;
  return { ...site, subject: { kind: 'open', text, reason: 'several references share this text' } };
}
