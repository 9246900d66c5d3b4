import { posix } from 'node:path';

const whiteoutPrefix = '.wh.';
const opaqueName = '.wh..wh..opq';

/**
 * Which entries of layers, read from the top one down, are seen in the file system that they make (image-spec layer.md,
 * "Whiteouts"). Like crane it takes what is no directory for the end of everything of that name and below.
 */
export class Visibility {
  /** True where nothing below shows through. */
  readonly #seen: Map<string, boolean> = new Map();
  readonly #opaque: Set<string> = new Set();
  #opaqueHere: string[] = [];

  /** Tells whether an entry is seen, and keeps in mind what it hides. `name` is clean. */
  show(name: string, isDirectory: boolean): boolean {
    const base = posix.basename(name);
    const directory = posix.dirname(name);
    if (base === opaqueName) {
      this.#opaqueHere.push(directory);
      return false;
    }
    const isWhiteout = base.startsWith(whiteoutPrefix);
    const meant = isWhiteout && !isDirectory ? posix.join(directory, base.slice(whiteoutPrefix.length)) : name;
    if (this.#seen.has(meant) && !isWhiteout) return false;
    if (this.#isHidden(meant)) return false;
    this.#seen.set(meant, isWhiteout || !isDirectory);
    return !isWhiteout;
  }

  /** Opaque directories hide what lies in lower layers only. */
  endLayer(): void {
    for (const directory of this.#opaqueHere) this.#opaque.add(directory);
    this.#opaqueHere = [];
  }

  #isHidden(name: string): boolean {
    for (let child = name; ; ) {
      const directory = posix.dirname(child);
      if (directory === child) return false;
      if (this.#seen.get(directory) === true || this.#opaque.has(directory)) return true;
      child = directory;
    }
  }
}
