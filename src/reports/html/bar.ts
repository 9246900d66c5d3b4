import { type Markup, markup } from './markup.ts';

/** A part of a bar: its share of the whole (0 to 1) and the class that gives it its colour. */
export interface BarPart {
  readonly share: number;
  readonly kind: string;
}

/** Parts side by side. Drawn for the eye alone: the same numbers stand beside it as text. */
export function drawBar(parts: readonly BarPart[], kind: string = ''): Markup {
  let start = 0;
  const drawn = parts.map(({ share, kind: part }) => {
    const rect = markup`<rect class="${part}" x="${percent(start)}" width="${percent(share)}" height="100%"/>`;
    start += share;
    return rect;
  });
  return markup`<svg class="bar ${kind}" aria-hidden="true">${drawn}</svg>`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}
