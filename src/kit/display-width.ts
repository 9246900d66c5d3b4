const printableAscii = /^[ -~]*$/;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;
/** Blocks of East Asian Width W and F (Unicode UAX #11), and what is shown as an emoji by itself (UTS #51). */
const wide =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const emojiSelector = '\ufe0f';

let segmenter: Intl.Segmenter | undefined;

/** How many columns of a terminal one line of text takes. */
export function displayWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += graphemeWidth(grapheme);
  return width;
}

/**
 * Cuts text into pieces of at most `columns`, of which each has one grapheme at least. The last piece may take
 * `lastColumns`, where those are more.
 */
export function cutToWidth(text: string, columns: number, lastColumns: number = columns): string[] {
  const pieces: string[] = [];
  let left = displayWidth(text);
  let start = 0;
  let end = 0;
  let width = 0;
  for (const grapheme of graphemes(text)) {
    const added = graphemeWidth(grapheme);
    if (start === end && left <= lastColumns) break;
    if (width + added > columns && end > start) {
      pieces.push(text.slice(start, end));
      left -= width;
      start = end;
      width = 0;
      if (left <= lastColumns) break;
    }
    end += grapheme.length;
    width += added;
  }
  return start < text.length ? [...pieces, text.slice(start)] : pieces;
}

function* graphemes(text: string): Generator<string, void, undefined> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) || grapheme.includes(emojiSelector) ? 2 : 1;
}
