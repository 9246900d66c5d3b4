import type { Digest } from '../../core/index.ts';
import { type EvidenceSource, requireManifest } from '../../evidence/index.ts';
import { findJsonExcess } from '../../kit/json-bounds.ts';
import { choosePlatform, parseManifest } from '../../oci/index.ts';
import { factMissing, type ImageContent, type JsonObject } from '../../policy/index.ts';

const maxConfig = 8 * 2 ** 20;
const bounds = { depth: 64, values: 200_000 };

/** The documents of an image: of an index, those for this machine's platform. @throws OCI_*, EVIDENCE_*, POLICY_FACT_MISSING */
export async function readContent(source: EvidenceSource, digest: Digest): Promise<ImageContent> {
  const { bytes } = await requireManifest(source, digest);
  const top = parseManifest(bytes, digest);
  if (top.kind === 'manifest') {
    return { digest, manifest: parseDocument(bytes, digest), config: await readConfig(source, top.config) };
  }
  const chosen = choosePlatform(top.manifests, undefined).digest;
  const inner = await requireManifest(source, chosen);
  const manifest = parseManifest(inner.bytes, chosen);
  if (manifest.kind === 'index') throw factMissing(`The manifest ${chosen}, which is another index,`);
  return {
    digest,
    manifest: parseDocument(inner.bytes, chosen),
    config: await readConfig(source, manifest.config),
    index: parseDocument(bytes, digest),
  };
}

async function readConfig(
  source: EvidenceSource,
  descriptor: Parameters<EvidenceSource['blob']>[0],
): Promise<JsonObject> {
  return parseDocument(await source.blob(descriptor, maxConfig), descriptor.digest);
}

function parseDocument(bytes: Buffer, digest: Digest): JsonObject {
  const text = bytes.toString('utf8');
  try {
    if (findJsonExcess(text, bounds) === undefined) return JSON.parse(text) as JsonObject;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw factMissing(`What ${digest} says`);
}
