/** Characters of one gathered piece. */
const pieceLength = 2 ** 18;

/** Joins small pieces of text to larger ones, as each write is a journey of its own; bytes are passed on as they are. */
export function* gatherText(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array, void, undefined> {
  let gathered: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    const isText = typeof piece === 'string';
    if (isText) gathered.push(piece);
    length += isText ? piece.length : 0;
    if (isText && length < pieceLength) continue;
    if (length > 0) yield gathered.join('');
    if (!isText) yield piece;
    gathered = [];
    length = 0;
  }
  if (length > 0) yield gathered.join('');
}
