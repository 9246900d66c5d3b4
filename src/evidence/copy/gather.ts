import { type Digest, isDigest } from '../../core/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { type Descriptor, parseManifest } from '../../oci/index.ts';
import { evidenceError } from '../errors.ts';
import { type EvidenceSource, legacySuffixes, legacyTag, type StoredManifest } from '../source.ts';
import {
  type AbsentPart,
  buildKitAnnotations,
  type EvidenceKind,
  kindsOfType,
  legacyKinds,
  type Part,
  referrerType,
} from './part.ts';

/** Everything that belongs to an image, the image first, each before what speaks of it. */
export interface Gathered {
  readonly parts: readonly Part[];
  readonly absent: readonly AbsentPart[];
}

export interface GatherOptions {
  /** Only evidence of these kinds; all unless given. */
  readonly only?: readonly EvidenceKind[];
  /** Only what belongs to the image itself, no evidence. */
  readonly bare?: boolean;
}

/** Referrers of referrers, and indexes in indexes, are followed so far. */
const maxDepth = 8;
const maxParts = 10_000;
const maxBytes = 256 * 2 ** 20;
const width = 8;

/**
 * Finds the manifests of an index, evidence in tags of cosign and in manifests with a subject, and evidence of evidence.
 * @throws EVIDENCE_TOO_MUCH, OCI_*, NET_*
 */
export async function gatherParts(
  source: EvidenceSource,
  image: StoredManifest,
  options: GatherOptions = {},
): Promise<Gathered> {
  const gathering = new Gathering(image.digest);
  let wave = gathering.add([toPart(image, { kind: 'image', depth: 0 })]);
  while (wave.length > 0) {
    const found = await mapPooled(wave, width, (part) => expand(part, source, options));
    gathering.absent.push(...found.flatMap(({ absent }) => absent));
    wave = gathering.add(found.flatMap(({ parts }) => parts));
  }
  return { parts: gathering.parts, absent: gathering.absent };
}

/** What was found so far, each once, within bounds. */
class Gathering {
  readonly parts: Part[] = [];
  readonly absent: AbsentPart[] = [];
  readonly #known: Set<string> = new Set();
  readonly #image: Digest;
  #bytes = 0;

  constructor(image: Digest) {
    this.#image = image;
  }

  /** Those that were not known. */
  add(parts: readonly Part[]): Part[] {
    const fresh: Part[] = [];
    for (const part of parts) {
      const key = part.tag ?? part.manifest.digest;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#bytes += part.manifest.bytes.length;
      if (part.depth > maxDepth || this.#known.size > maxParts || this.#bytes > maxBytes) throw this.#tooMuch();
      fresh.push(part);
    }
    this.parts.push(...fresh);
    return fresh;
  }

  #tooMuch(): Error {
    return evidenceError('EVIDENCE_TOO_MUCH', { data: { digest: this.#image, limit: maxParts } });
  }
}

interface Found {
  readonly parts: readonly Part[];
  readonly absent: readonly AbsentPart[];
}

async function expand(part: Part, source: EvidenceSource, options: GatherOptions): Promise<Found> {
  const [children, legacy, referrers] = await Promise.all([
    readChildren(part, source),
    options.bare ? [] : readLegacy(part, source, options),
    options.bare ? { parts: [], absent: [] } : readReferrers(part, source, options),
  ]);
  return {
    parts: [...children.parts, ...legacy, ...referrers.parts],
    absent: [...children.absent, ...referrers.absent],
  };
}

async function readChildren(part: Part, source: EvidenceSource): Promise<Found> {
  const kind = part.kind === 'image' ? 'variant' : part.kind;
  return readListed(part, part.children, source, (entry) => ({ kind, ...describeVariant(entry) }));
}

/** BuildKit keeps what it attests among the images of an index, for a platform that nobody has. */
function describeVariant({ platform, annotations }: Descriptor): Pick<Part, 'platform' | 'type' | 'speaksOf'> {
  const type = annotations?.[buildKitAnnotations.type];
  const of = annotations?.[buildKitAnnotations.digest] ?? '';
  if (type !== undefined) return { type, ...(isDigest(of) && { speaksOf: of }) };
  return platform === undefined ? {} : { platform };
}

async function readReferrers(part: Part, source: EvidenceSource, { only }: GatherOptions): Promise<Found> {
  const listed = await source.referrers(part.manifest.digest);
  const { parts, absent } = await readListed(part, listed, source, () => ({ kind: 'referrer' }));
  return { parts: parts.filter(({ type = '' }) => isWanted(kindsOfType(type), only)), absent };
}

function isWanted(kinds: readonly EvidenceKind[], only: readonly EvidenceKind[] | undefined): boolean {
  return only === undefined || kinds.some((kind) => only.includes(kind));
}

async function readListed(
  { manifest: { digest: of }, depth }: Part,
  listed: readonly Descriptor[],
  source: EvidenceSource,
  known: (entry: Descriptor) => Pick<Part, 'kind' | 'platform' | 'type' | 'speaksOf'>,
): Promise<Found> {
  const absent: AbsentPart[] = [];
  const parts = await mapPooled(listed, width, async (entry): Promise<Part[]> => {
    const manifest = await source.manifest(entry.digest);
    if (manifest !== undefined) return [toPart(manifest, { ...known(entry), depth: depth + 1, of })];
    absent.push({ kind: known(entry).kind, digest: entry.digest, of });
    return [];
  });
  return { parts: parts.flat(), absent };
}

async function readLegacy(part: Part, source: EvidenceSource, { only }: GatherOptions): Promise<Part[]> {
  const { digest } = part.manifest;
  const wanted = legacySuffixes.filter((suffix) => isWanted([suffix], only));
  const found = await mapPooled(wanted, width, async (suffix) => {
    const manifest = await source.legacy(digest, suffix);
    if (manifest === undefined) return [];
    const tag = legacyTag(digest, suffix);
    return [toPart(manifest, { kind: legacyKinds[suffix], depth: part.depth + 1, of: digest, tag })];
  });
  return found.flat();
}

function toPart(manifest: StoredManifest, known: Omit<Part, 'manifest' | 'blobs' | 'children'>): Part {
  const parsed = parseManifest(manifest.bytes, manifest.digest);
  const artifactType = parsed.artifactType ?? (parsed.kind === 'manifest' ? parsed.config.mediaType : undefined);
  const { annotations } = parsed;
  const type = referrerType({ ...(artifactType && { artifactType }), ...(annotations && { annotations }) });
  return {
    ...known,
    manifest,
    blobs: parsed.kind === 'manifest' ? [parsed.config, ...parsed.layers] : [],
    children: parsed.kind === 'index' ? parsed.manifests : [],
    ...(known.kind === 'referrer' && { type }),
  };
}
