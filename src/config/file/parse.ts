import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { configError } from '../errors.ts';
import type { FileEntry } from './entry.ts';

const maxNodes = 10_000;
const maxDepth = 16;

/**
 * The leaves of a YAML file (yaml.org spec 1.2.2, core schema) as dotted keys; what is empty is left out. Plain data
 * only: no tags, no duplicate keys, bounded aliases and depth. @throws CONFIG_FILE_INVALID
 */
export function parseConfigFile(bytes: Uint8Array, path: string, holdsMap: (key: string) => boolean): FileEntry[] {
  const lines = new LineCounter();
  const invalid: Invalid = (reason, offset = 0) => {
    throw configError('CONFIG_FILE_INVALID', { data: { path, line: lines.linePos(offset).line || 1, reason } });
  };
  const document = parseYaml(decode(bytes, invalid), lines, invalid);
  const reader = new LeafReader(document, invalid, holdsMap);
  return reader.read(lines);
}

type Invalid = (reason: string, offset?: number) => never;

function decode(bytes: Uint8Array, invalid: Invalid): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return invalid(`it is not text in UTF-8 (${(error as Error).name})`);
  }
}

function parseYaml(text: string, lineCounter: LineCounter, invalid: Invalid): Document {
  const document = orInvalid(
    // The parser's own look-out for duplicate keys compares each with all others.
    () =>
      parseDocument(text, {
        lineCounter,
        schema: 'core',
        resolveKnownTags: false,
        uniqueKeys: false,
        prettyErrors: false,
      }),
    invalid,
  );
  const problem = document.errors[0] ?? document.warnings[0];
  return problem === undefined ? document : invalid(problem.message, problem.pos[0]);
}

/** The parser follows nesting by recursion, so that a very deep file ends in an exhausted stack. */
function orInvalid<T>(run: () => T, invalid: Invalid): T {
  try {
    return run();
  } catch (error) {
    return invalid(error instanceof RangeError ? 'it is nested too deeply' : String((error as Error).message));
  }
}

class LeafReader {
  readonly #document: Document;
  readonly #invalid: Invalid;
  readonly #holdsMap: (key: string) => boolean;
  readonly #found: { key: string; value: unknown; offset: number }[] = [];
  #visited = 0;

  constructor(document: Document, invalid: Invalid, holdsMap: (key: string) => boolean) {
    this.#document = document;
    this.#invalid = invalid;
    this.#holdsMap = holdsMap;
  }

  read(lines: LineCounter): FileEntry[] {
    const root = this.#follow(this.#document.contents);
    if (isMap(root)) this.#readMap(root.items as Pair<unknown, unknown>[], '', 1);
    else if (root !== undefined && !isEmpty(root)) this.#invalid('the file does not hold keys and values');
    return this.#found.map(({ key, value, offset }) => ({ key, value, line: lines.linePos(offset).line }));
  }

  #readMap(items: readonly Pair<unknown, unknown>[], prefix: string, depth: number): void {
    for (const [name, pair] of this.#named(items)) {
      const key = prefix + name;
      const value = this.#follow(pair.value);
      const offset = offsetOf(pair.key);
      if (depth > maxDepth) this.#invalid('it is nested too deeply', offset);
      if (value === undefined || isEmpty(value)) continue;
      if (isMap(value) && !this.#holdsMap(key)) {
        this.#readMap(value.items as Pair<unknown, unknown>[], `${key}.`, depth + 1);
      } else this.#found.push({ key, value: this.#plain(value, depth), offset });
    }
  }

  /** Follows an alias, counting every node, so that aliases of aliases cannot multiply. */
  #follow(node: unknown): Node | undefined {
    if (++this.#visited > maxNodes) this.#invalid('it holds too many values', offsetOf(node));
    if (!isAlias(node)) return (node ?? undefined) as Node | undefined;
    return node.resolve(this.#document) ?? this.#invalid('it refers to an anchor that is not there', offsetOf(node));
  }

  #named(items: readonly Pair<unknown, unknown>[]): Map<string, Pair<unknown, unknown>> {
    const named = new Map<string, Pair<unknown, unknown>>();
    for (const pair of items) {
      const key = this.#keyOf(pair.key);
      if (named.has(key)) this.#invalid(`the key "${key}" stands there twice`, offsetOf(pair.key));
      named.set(key, pair);
    }
    return named;
  }

  #keyOf(node: unknown): string {
    const key = this.#follow(node);
    if (isScalar(key) && (typeof key.value === 'string' || typeof key.value === 'number')) return String(key.value);
    return this.#invalid('a key is not a text', offsetOf(node));
  }

  #plain(node: Node | undefined, depth: number): unknown {
    if (depth > maxDepth) this.#invalid('it is nested too deeply', offsetOf(node));
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => this.#plain(this.#follow(item), depth + 1));
    if (!isMap(node)) return undefined;
    const pairs = [...this.#named(node.items as Pair<unknown, unknown>[])];
    return new Map(pairs.map(([name, { value }]) => [name, this.#plain(this.#follow(value), depth + 1)]));
  }
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && (node.value === null || node.value === undefined);
}

function offsetOf(node: unknown): number {
  return (node as Node | undefined)?.range?.[0] ?? 0;
}
