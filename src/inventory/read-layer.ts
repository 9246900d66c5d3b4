import { createHash } from 'node:crypto';
import { decompress } from '../codecs/compression/index.ts';
import { TarWalker } from '../codecs/tar/index.ts';
import type { Catalog, Digest, LayerInventory } from '../core/index.ts';
import { Recorder } from './catalog.ts';
import { type CollectorLimits, FileCollector } from './collector.ts';
import { LayerPass, type LayerVisitor, LinkPass } from './layer-pass.ts';
import type { CatalogerSelector } from './select.ts';

/** One layer as a source hands it over. */
export interface LayerInput {
  /** Digest of the packed bytes. */
  readonly digest: Digest;
  /** Digest of the unpacked bytes as the image configuration states it. */
  readonly diffId?: Digest;
  /** Packed size in bytes, when known. */
  readonly size?: number;
  /** True where the digest is only ours, and reports leave it out. */
  readonly unnamed?: boolean;
  /** The packed bytes; ends with an error when they are not those of `digest`. */
  open(signal: AbortSignal | undefined): AsyncIterable<Buffer>;
}

export interface ReadLayerContext extends CollectorLimits {
  readonly selector: CatalogerSelector;
  readonly loaded: Map<string, Catalog>;
  readonly skip: (path: string) => boolean;
  /** Told of packed bytes as they come in. */
  readonly onBytes: (count: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Reads a layer once, from packed bytes to records. @throws what the source throws, CODEC_* for a damaged archive */
export async function readLayer(layer: LayerInput, context: ReadLayerContext): Promise<LayerInventory> {
  const recorder = new Recorder(context.loaded);
  const collector = new FileCollector(context.selector, recorder, context);
  try {
    const pass = new LayerPass(collector, context.skip);
    const { diffId, size } = await walkLayer(layer, pass, recorder, context);
    if (pass.links.size > 0) {
      const links = new LinkPass(pass.links, collector);
      await walkLayer(layer, links, recorder, { ...context, onBytes: () => undefined });
      links.finish();
    }
    return {
      diffId,
      size,
      records: recorder.records,
      whiteouts: pass.whiteouts,
      opaqueDirectories: pass.opaque,
      overwritten: [...recorder.empty],
      replaced: pass.replaced,
      files: recorder.files,
      notes: recorder.notes,
    };
  } finally {
    collector.dispose();
  }
}

async function walkLayer(
  layer: LayerInput,
  visitor: LayerVisitor,
  recorder: Recorder,
  context: ReadLayerContext,
): Promise<{ diffId: Digest; size: number }> {
  const hash = createHash('sha256');
  const walker = new TarWalker((entry) => visitor.visit(entry));
  let size = 0;
  for await (const chunk of decompress(counted(layer.open(context.signal), context.onBytes))) {
    hash.update(chunk);
    size += chunk.length;
    walker.push(chunk);
    if (recorder.busy) await recorder.settle();
    context.signal?.throwIfAborted();
  }
  walker.finish();
  await recorder.settle();
  return { diffId: `sha256:${hash.digest('hex')}`, size };
}

async function* counted(
  source: AsyncIterable<Buffer>,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of source) {
    onBytes(chunk.length);
    yield chunk;
  }
}
