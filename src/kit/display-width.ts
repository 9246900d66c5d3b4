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

/** Splits before the grapheme with which the text would take more than `columns`; always takes at least one. */
export function splitAtWidth(text: string, columns: number): [string, string] {
  if (printableAscii.test(text)) return [text.slice(0, columns), text.slice(columns)];
  let width = 0;
  let length = 0;
  for (const grapheme of graphemes(text)) {
    width += graphemeWidth(grapheme);
    if (width > columns && length > 0) break;
    length += grapheme.length;
  }
  return [text.slice(0, length), text.slice(length)];
}

function* graphemes(text: string): Generator<string, void, undefined> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) || grapheme.includes(emojiSelector) ? 2 : 1;
}
