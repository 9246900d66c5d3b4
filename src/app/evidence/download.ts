import { parseBundle, statementOf } from '../../envelope/index.ts';
import {
  type BuildStatement,
  discoverEvidence,
  type EvidencePiece,
  type FoundSbom,
  parsePlace,
  readBuildStatements,
  readSboms,
} from '../../evidence/index.ts';
import type { AppContext } from '../context.ts';
import type { Downloaded, DownloadInput } from './input.ts';
import { toEnvelopeDocument, toSignatureDocument } from './legacy-document.ts';
import { openEvidence } from './open.ts';

/** All signatures and attestations of an image; what is no JSON is left out, as cosign does. @throws EVIDENCE_*, OCI_*, NET_*, DISK_* */
export async function readDownloads(input: DownloadInput, context: AppContext): Promise<Downloaded[]> {
  const { platform, ...wish } = input;
  const place = parsePlace(input.image);
  const whole = await openEvidence(place, context, wish);
  const chosen = platform === undefined ? whole : await openEvidence(place, context, input);
  const pieces = await discoverEvidence(chosen.source, chosen.image.digest);
  const of = platform === undefined ? undefined : chosen.image;
  const built = await readBuildStatements(whole.source, whole.image, of);
  return [...pieces.flatMap(toDownload), ...built.flatMap(toStatement)];
}

/** @throws EVIDENCE_*, OCI_*, NET_*, DISK_* */
export async function readSbomDownloads(input: DownloadInput, context: AppContext): Promise<FoundSbom[]> {
  const { source, image } = await openEvidence(parsePlace(input.image), context, input);
  return readSboms(source, image);
}

function toDownload(piece: EvidencePiece): Downloaded[] {
  if (piece.kind === 'bundle') return withDocument(piece.json, 'bundle', () => typeOfBundle(piece.json));
  const { blob } = piece.layer;
  if (piece.suffix === 'sig') return [{ kind: 'signature', document: toSignatureDocument(piece.layer) }];
  const envelope = withDocument(blob, 'attestation', typeOfEnvelope);
  return envelope.map((one) => ({ ...one, document: toEnvelopeDocument(one.document) }));
}

function toStatement({ bytes, predicateType }: BuildStatement): Downloaded[] {
  return withDocument(bytes, 'statement', () => predicateType);
}

function withDocument(
  bytes: Buffer,
  kind: Downloaded['kind'],
  typeOf: (document: unknown) => string | undefined,
): Downloaded[] {
  const document = parseJson(bytes);
  if (document === undefined) return [];
  const predicateType = typeOf(document);
  return [{ kind, document, ...(predicateType !== undefined && { predicateType }) }];
}

function typeOfBundle(json: Buffer): string | undefined {
  try {
    const { content } = parseBundle(json);
    return content.kind === 'dsse' ? statementOf(content.envelope).predicateType : undefined;
  } catch {
    // Whoever downloads wants to see what lies there, valid or not.
    return undefined;
  }
}

function typeOfEnvelope(document: unknown): string | undefined {
  const payload = (document as { payload?: unknown } | null)?.payload;
  const statement = typeof payload === 'string' ? parseJson(Buffer.from(payload, 'base64')) : undefined;
  const type = (statement as { predicateType?: unknown } | null | undefined)?.predicateType;
  return typeof type === 'string' ? type : undefined;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
