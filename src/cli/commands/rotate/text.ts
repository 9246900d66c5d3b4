import type { ImageCover } from '../../../app/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';

const words: Readonly<Record<ImageCover['cover'], string>> = {
  old: 'old key only',
  both: 'both keys',
  new: 'new key only',
  neither: 'neither key',
  unknown: 'not known',
};

/** A line for each image, those that are left first, and how many there are of each. */
export function toCoverText(covers: readonly ImageCover[]): string {
  const order = Object.keys(words);
  const sorted = [...covers].sort((one, other) => order.indexOf(one.cover) - order.indexOf(other.cover));
  const lines = sorted.map((image) => [words[image.cover], nameOf(image), detailOf(image)] as const);
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const rows = lines.map(([cover, name, detail]) =>
    `${cover.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${detail}`.trimEnd(),
  );
  return [...rows, '', countsOf(covers), ''].join('\n');
}

function nameOf({ name, tags }: ImageCover): string {
  return toVisibleLine(tags.length === 0 ? name : `${name} (${tags.join(', ')})`);
}

function detailOf({ evidence, reason, cover }: ImageCover): string {
  if (reason !== undefined) return toVisibleLine(reason);
  const told = evidence.filter((one) => cover !== 'old' || one.cover === 'old');
  return toVisibleLine(told.map(({ type }) => type).join(', '));
}

function countsOf(covers: readonly ImageCover[]): string {
  const kinds = Object.keys(words) as ImageCover['cover'][];
  const counts = kinds.map((kind) => [words[kind], covers.filter(({ cover }) => cover === kind).length] as const);
  const told = counts.filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`);
  return `Images: ${covers.length}${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
}
