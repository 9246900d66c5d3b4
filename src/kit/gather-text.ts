/** Characters of one gathered piece. */
const pieceLength = 2 ** 18;

/** Joins small pieces of text to larger ones, as each write is a journey of its own. */
export function* gatherText(pieces: Iterable<string>): Generator<string, void, undefined> {
  let gathered: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    gathered.push(piece);
    length += piece.length;
    if (length < pieceLength) continue;
    yield gathered.join('');
    gathered = [];
    length = 0;
  }
  if (length > 0) yield gathered.join('');
}
