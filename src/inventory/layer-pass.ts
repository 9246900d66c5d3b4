import type { TarEntry, TarSink } from '../codecs/tar/index.ts';
import type { FileHead } from '../core/index.ts';
import type { FileCollector } from './collector.ts';
import { inventoryError } from './errors.ts';
import { cleanPath, parseLayerPath } from './path.ts';

/** Receives the entries of a layer. */
export interface LayerVisitor {
  visit(entry: TarEntry): TarSink | undefined;
}

/** The first pass over a layer: files to catalog, deletions, and the hard links whose content has another name. */
export class LayerPass implements LayerVisitor {
  readonly whiteouts: string[] = [];
  readonly opaque: string[] = [];
  readonly replaced: string[] = [];
  /** Path of the content → the links to it that a cataloger asks for by name. */
  readonly links: Map<string, FileHead[]> = new Map();
  readonly #collector: FileCollector;
  readonly #skip: (path: string) => boolean;
  readonly #seen: Set<string> = new Set();

  constructor(collector: FileCollector, skip: (path: string) => boolean) {
    this.#collector = collector;
    this.#skip = skip;
  }

  visit(entry: TarEntry): TarSink | undefined {
    const place = parseLayerPath(entry.path);
    switch (place.kind) {
      case 'plain':
        return this.#visitPlain(entry, place.path);
      case 'whiteout':
        this.whiteouts.push(place.path);
        return undefined;
      case 'opaque':
        this.opaque.push(place.path);
        return undefined;
      case 'ignored':
        return undefined;
      case 'escapes':
        this.#noteEscape(entry.path);
        return undefined;
      default:
        return place satisfies never;
    }
  }

  #visitPlain(entry: TarEntry, path: string): TarSink | undefined {
    if (path === '' || this.#skip(path)) return undefined;
    if (entry.type === 'file') return this.#visitFile({ path, size: entry.size, mode: entry.mode });
    if (entry.type === 'symlink' || entry.type === 'special') this.replaced.push(path);
    if (entry.type === 'hardlink') this.#visitLink(entry, path);
    return undefined;
  }

  #visitFile(head: FileHead): TarSink | undefined {
    const catalogers = this.#collector.selector.select(head);
    if (catalogers.length === 0) return undefined;
    if (this.#seen.has(head.path)) this.#collector.recorder.forget(head.path);
    this.#seen.add(head.path);
    return this.#collector.collect(head, catalogers);
  }

  #visitLink(entry: TarEntry, path: string): void {
    const head: FileHead = { path, size: 1, mode: entry.mode & ~0o111 };
    // An executable is asked for under the name that has the content, so only links that matter by name are followed.
    if (this.#collector.selector.select(head).length === 0) return;
    const target = cleanPath(entry.linkPath);
    if (target === undefined) return this.#noteEscape(entry.linkPath);
    this.links.set(target, [...(this.links.get(target) ?? []), head]);
  }

  #noteEscape(path: string): void {
    const { message } = inventoryError('INVENTORY_PATH_ESCAPES', { data: { path } });
    this.#collector.recorder.note({ effect: 'incomplete', code: 'entry-skipped', message, path });
  }
}

/** The second pass, for layers with hard links: files that were not read under the name that matters. */
export class LinkPass implements LayerVisitor {
  readonly #links: ReadonlyMap<string, readonly FileHead[]>;
  readonly #collector: FileCollector;
  readonly #found: Set<string> = new Set();

  constructor(links: ReadonlyMap<string, readonly FileHead[]>, collector: FileCollector) {
    this.#links = links;
    this.#collector = collector;
  }

  visit(entry: TarEntry): TarSink | undefined {
    const target = entry.type === 'file' ? cleanPath(entry.path) : undefined;
    const links = target === undefined ? undefined : this.#links.get(target);
    if (target === undefined || links === undefined) return undefined;
    this.#found.add(target);
    const sinks = links.map((link) => this.#collector.collect({ ...link, size: entry.size }));
    return {
      write(chunk) {
        for (const sink of sinks) sink?.write(chunk);
      },
      end() {
        for (const sink of sinks) sink?.end();
      },
    };
  }

  /** Notes the links whose target the layer does not hold. */
  finish(): void {
    for (const [target, links] of this.#links) {
      if (this.#found.has(target)) continue;
      for (const { path } of links) {
        const { message } = inventoryError('INVENTORY_LINK_UNRESOLVED', { data: { path, target } });
        this.#collector.recorder.note({ effect: 'incomplete', code: 'entry-skipped', message, path });
      }
    }
  }
}
