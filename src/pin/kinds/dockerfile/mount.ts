import type { WrittenText } from '../../site.ts';

/** The values of `from` in `type=bind,from=IMAGE,target=/x`, a line of CSV (Dockerfile reference, "RUN --mount"). */
export function findMountSources({ value, span, exact }: WrittenText): WrittenText[] {
  return [...value.matchAll(/(?:^|,)["']?from=([^,"']*)/g)].map((found) => {
    const source = found[1] ?? '';
    const end = span.start + found.index + found[0].length;
    return { value: source, span: { start: end - source.length, end }, exact };
  });
}
