import type { PageFinding } from '../page-data.ts';

/** Rows that are drawn at once, and those that are added when the end of the list comes near. */
const firstRows = 100;
const moreRows = 250;

/** A long list of which only as much is drawn as was scrolled to. */
export interface FindingList {
  readonly show: (findings: readonly PageFinding[]) => void;
  /** Draws at least this many, where there are as many. */
  readonly drawUpTo: (amount: number) => void;
}

export function makeList(
  body: HTMLElement,
  more: HTMLElement,
  draw: (finding: PageFinding) => HTMLElement,
): FindingList {
  let shown: readonly PageFinding[] = [];
  let drawn = 0;
  const drawUpTo = (amount: number): void => {
    const next = shown.slice(drawn, amount);
    body.append(...next.map(draw));
    drawn += next.length;
    more.hidden = drawn >= shown.length;
  };
  const drawMore = (): void => drawUpTo(drawn + moreRows);
  more.addEventListener('click', drawMore);
  new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && drawMore(), {
    rootMargin: '800px',
  }).observe(more);
  return {
    show(findings) {
      shown = findings;
      drawn = 0;
      body.replaceChildren();
      drawUpTo(firstRows);
      const only = findings.length === 1 ? body.querySelector('button') : undefined;
      only?.click();
    },
    drawUpTo,
  };
}
