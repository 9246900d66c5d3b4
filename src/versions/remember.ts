/** Entries kept; an image has a few thousand versions, so this is reached by hostile input alone. */
const capacity = 8_000;

/** A function that makes a value once for each text and forgets all when too many have gathered. */
export function remember<V>(make: (text: string) => V): (text: string) => V {
  const made = new Map<string, V>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    if (made.size >= capacity) made.clear();
    made.set(text, value);
    return value;
  };
}
