import { type Narrowing, parseFragment, toFragment } from '../fragment.ts';

/** What the address narrows to; undefined when it names a place in the page. */
export function readAddress(): Narrowing | undefined {
  return parseFragment(location.hash);
}

/** Writes the narrowing into the address, so that it can be sent to somebody. A framed page may not have one to change. */
export function writeAddress(narrowing: Narrowing): boolean {
  try {
    const fragment = toFragment(narrowing);
    const [page = ''] = location.href.split('#');
    history.replaceState(undefined, '', fragment === '#' ? page : `${page}${fragment}`);
    return true;
  } catch {
    return false;
  }
}
