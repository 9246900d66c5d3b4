import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';
import { pinError } from './errors.ts';
import type { WrittenText } from './site.ts';

/** Every scalar as its text; and no excerpts for errors, each of which costs the length of its line. */
const parseOptions = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false } as const;
const knownTags: ReadonlySet<string> = new Set(['str', 'seq', 'map'].map((name) => `tag:yaml.org,2002:${name}`));
/** Merge keys (`<<`) followed into each other at most. */
const maxMerges = 8;
/** Pairs that the merge keys of a document may bring in all. */
const maxMerged = 100_000;

export interface YamlOptions {
  /** Refuses what readers of YAML may understand differently: a key twice, a key that is no plain text, merge keys, tags. */
  readonly strict?: boolean;
}

/**
 * The documents of a YAML file, with every scalar as the text that it is written as. Unknown tags are let pass.
 * @throws PIN_FILE_INVALID
 */
export function readYaml(text: string, { strict = false }: YamlOptions = {}): YamlValue[] {
  try {
    const documents = parseAllDocuments(text, { ...parseOptions, uniqueKeys: strict });
    if (!Array.isArray(documents)) return [];
    if (strict) for (const document of documents) assertPlain(document);
    return documents.map((document) => toValue(document, text));
  } catch (error) {
    // Nesting beyond what the stack holds.
    if (error instanceof RangeError) throw invalid('it is nested too deep');
    throw error;
  }
}

/** @throws PIN_FILE_INVALID */
function assertPlain(document: Document): void {
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key)) throw invalid('it has a key that is no plain text');
      if (key.value === '<<') throw invalid('it has merge keys (<<), which not everything reads alike');
    },
    Value: (_, { tag }) => {
      if (tag !== undefined && !knownTags.has(tag)) throw invalid('it has values with tags of their own');
    },
  });
}

function toValue(document: Document, text: string): YamlValue {
  const [error] = document.errors;
  if (error !== undefined) throw invalid(`${error.message} at line ${text.slice(0, error.pos[0]).split('\n').length}`);
  return new YamlValue(
    document.contents ?? undefined,
    { text, targets: findTargets(document), merged: new Map(), left: maxMerged },
    '',
  );
}

function invalid(reason: string): Error {
  return pinError('PIN_FILE_INVALID', { data: { reason } });
}

/** What each alias stands for: the last anchor of its name before it (YAML 1.2 7.1). */
function findTargets(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

interface Source {
  readonly text: string;
  readonly targets: ReadonlyMap<Alias, Node>;
  /** Pairs of maps with merge keys, put together once. */
  readonly merged: Map<YAMLMap, readonly Pair[]>;
  /** How many more pairs merge keys may bring. */
  left: number;
}

/** A value of a YAML document, or of none: asked for what is not there it is empty. Aliases are followed. */
export class YamlValue {
  /** From the root, dotted. */
  readonly path: string;
  readonly #node: Node | undefined;
  readonly #source: Source;

  constructor(node: Node | undefined, source: Source, path: string) {
    this.#node = isAlias(node) ? source.targets.get(node) : node;
    this.#source = source;
    this.path = path;
  }

  /** The same for every way that leads to one value; undefined for none. */
  get identity(): object | undefined {
    return this.#node;
  }

  /** True when an anchor lets other places use the same value. */
  get isShared(): boolean {
    return this.#node !== undefined && 'anchor' in this.#node && this.#node.anchor !== undefined;
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  /** The value under a key, through merge keys too. */
  get(key: string): YamlValue {
    const found = this.#pairs().find((pair) => keyOf(pair) === key);
    return this.#child(found?.value as Node | undefined, key);
  }

  /** Keys and values of a map, with what merge keys bring. */
  entries(): [key: string, value: YamlValue][] {
    const entries = new Map<string, YamlValue>();
    for (const pair of this.#pairs()) {
      const key = keyOf(pair);
      if (key !== undefined && !entries.has(key)) entries.set(key, this.#child(pair.value as Node | undefined, key));
    }
    return [...entries];
  }

  /** The items of a sequence. */
  items(): YamlValue[] {
    if (!isSeq(this.#node)) return [];
    return this.#node.items.map((item, index) => this.#child(item as Node | undefined, String(index)));
  }

  /** Everything directly inside. */
  children(): YamlValue[] {
    return this.isMap ? this.entries().map(([, value]) => value) : this.items();
  }

  /** The text of a scalar; undefined for anything else. */
  get written(): WrittenText | undefined {
    const node = this.#node;
    if (!isScalar(node) || node.range == null || typeof node.value !== 'string') return undefined;
    if (node.type === 'PLAIN' && node.value === '') return this.#blank(node.range[0]);
    const quote = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
    const span = { start: node.range[0] + quote, end: node.range[1] - quote };
    return { value: node.value, span, exact: this.#source.text.slice(span.start, span.end) === node.value };
  }

  /** Nothing, behind its colon whatever follows. */
  #blank(at: number): WrittenText {
    let start = at;
    while (/\s/.test(this.#source.text[start - 1] ?? '')) start--;
    return { value: '', span: { start, end: start }, exact: this.#source.text[start - 1] === ':', lead: ' ' };
  }

  /** The text of a scalar that says something. */
  get filled(): WrittenText | undefined {
    const { written } = this;
    return written === undefined || /^(?:null|~)?$/i.test(written.value) ? undefined : written;
  }

  /** The value of a scalar; undefined for anything else. */
  get value(): string | undefined {
    return this.written?.value;
  }

  #child(node: Node | undefined, key: string): YamlValue {
    return new YamlValue(node, this.#source, this.path === '' ? key : `${this.path}.${key}`);
  }

  /** Own pairs before merged ones. */
  #pairs(): readonly Pair[] {
    if (!isMap(this.#node)) return [];
    if (!this.#node.items.some((pair) => keyOf(pair) === '<<')) return this.#node.items;
    const known = this.#source.merged.get(this.#node);
    if (known !== undefined) return known;
    const pairs = this.#merge(this.#node);
    this.#source.merged.set(this.#node, pairs);
    return pairs;
  }

  #merge(map: YAMLMap): Pair[] {
    const pairs: Pair[] = [];
    const seen = new Set<YAMLMap>();
    let maps = [map];
    for (let depth = 0; maps.length > 0 && depth < maxMerges; depth++) {
      const fresh = [...new Set(maps)].filter((each) => !seen.has(each));
      for (const each of fresh) {
        seen.add(each);
        this.#source.left -= each.items.length;
        if (this.#source.left < 0) throw invalid('its merge keys bring too much');
        for (const pair of each.items) if (keyOf(pair) !== '<<') pairs.push(pair);
      }
      maps = fresh.flatMap((each) => this.#merged(each));
    }
    return pairs;
  }

  #merged(map: YAMLMap): YAMLMap[] {
    const follow = (node: unknown): unknown => (isAlias(node) ? this.#source.targets.get(node) : node);
    return map.items
      .filter((pair) => keyOf(pair) === '<<')
      .map(({ value }) => follow(value))
      .flatMap((value) => (isSeq(value) ? value.items.map(follow) : [value]))
      .filter((value) => isMap(value));
  }
}

/** Calls `look` with each map of a document once, however many aliases lead to it. */
export function eachMap(root: YamlValue, look: (map: YamlValue) => void): void {
  const seen = new Set<object>();
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    const { identity } = value;
    if (identity === undefined || seen.has(identity)) continue;
    seen.add(identity);
    if (value.isMap) look(value);
    pending.push(...value.children().reverse());
  }
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
}
