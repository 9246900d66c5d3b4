import { isAppError } from '../../core/index.ts';
import {
  formatSimpleSigning,
  isSigstoreBundle,
  type LegacyLayer,
  makeLegacySignature,
  parseBundle,
  parseDsseEnvelope,
  statementOf,
  toEnvelopeLayer,
} from '../../envelope/index.ts';
import { attachBundle, attachLegacy, attachSbomReferrer, attachSbomTag, legacyTag } from '../../evidence/index.ts';
import { signError } from '../../sign/index.ts';
import type { AppContext } from '../context.ts';
import { type ImageTarget, type OpenedTarget, openTarget } from '../sign/target.ts';
import type { AttachAttestationInput, Attached, AttachSbomInput, AttachSignatureInput } from './input.ts';

interface Opened {
  readonly image: ImageTarget;
  readonly target: OpenedTarget;
  readonly signal: { readonly signal?: AbortSignal };
}

async function open(
  { reference, repository }: { readonly reference: string; readonly repository?: string },
  context: AppContext,
): Promise<Opened> {
  const target = await openTarget({ reference, ...(repository !== undefined && { repository }) }, context);
  const [image] = target.images;
  if (image === undefined) throw new RangeError('a reference means at least one image');
  return { image, target, signal: context.signal === undefined ? {} : { signal: context.signal } };
}

export async function putSbom(input: AttachSbomInput, context: AppContext): Promise<Attached> {
  const { image, target, signal } = await open(input, context);
  const attachment = { image: image.subject, bytes: input.sbom, mediaType: input.mediaType };
  const { digest } = image.subject;
  const told = { image: `${image.name}@${digest}`, digest };
  if (input.mode === 'tag') {
    await attachSbomTag(target.beside, attachment, signal);
    return { ...told, place: `${target.besideName}:${legacyTag(digest, 'sbom')}` };
  }
  const manifest = await attachSbomReferrer(target.beside, attachment, signal);
  return { ...told, place: `${target.besideName}@${manifest}` };
}

/** Puts attestations that were made elsewhere beside an image; whether they hold is for those who verify. */
export async function putAttestations(input: AttachAttestationInput, context: AppContext): Promise<void> {
  const opened = await open(input, context);
  for (const file of input.files) {
    if (isSigstoreBundle(file)) await putBundle(file, opened, context);
    else await putLayers('att', toEnvelopeLayers(file), opened);
  }
}

function toEnvelopeLayers(file: Uint8Array): LegacyLayer[] {
  const lines = Buffer.from(file).toString('utf8').split('\n');
  const texts = isEnvelope(file) ? [Buffer.from(file).toString('utf8')] : lines.filter((line) => line.trim() !== '');
  if (texts.length === 0) throw signError('SIGN_NOTHING_TO_ATTACH', { data: { what: 'attestation' } });
  return texts.map((text) => {
    const envelope = parseDsseEnvelope(Buffer.from(text));
    return toEnvelopeLayer(Buffer.from(text), statementOf(envelope).predicateType);
  });
}

/** One document may stretch over several lines. */
function isEnvelope(file: Uint8Array): boolean {
  try {
    parseDsseEnvelope(file);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

/** Puts a signature that was made elsewhere beside an image. */
export async function putSignature(input: AttachSignatureInput, context: AppContext): Promise<void> {
  const opened = await open(input, context);
  const { payload, signature, certificate, chain, timestamp, rekorResponse } = input;
  if (payload !== undefined && isSigstoreBundle(payload)) return putBundle(payload, opened, context);
  if (signature === '') throw signError('SIGN_NOTHING_TO_ATTACH', { data: { what: 'signature' } });
  const { name, subject } = opened.image;
  const made = formatSimpleSigning({ reference: name, digest: subject.digest, annotations: {} });
  const layer = makeLegacySignature({
    payload: payload === undefined ? made : Buffer.from(payload),
    signature,
    ...(certificate !== undefined && { certificate }),
    ...(chain !== undefined && { chain }),
    ...(timestamp !== undefined && { timestamp }),
    ...(rekorResponse !== undefined && { rekorResponse }),
  });
  await putLayers('sig', [layer], opened);
}

async function putBundle(json: Uint8Array, { image, target, signal }: Opened, context: AppContext): Promise<void> {
  const { content } = parseBundle(json, { allowChain: true });
  if (content.kind !== 'dsse') throw signError('SIGN_BUNDLE_NO_STATEMENT');
  const { predicateType } = statementOf(content.envelope);
  const attachment = { subject: image.subject, json, predicateType, created: context.clock.now() };
  await attachBundle(target.beside, attachment, signal);
}

async function putLayers(
  suffix: 'sig' | 'att',
  layers: readonly LegacyLayer[],
  { image, target, signal }: Opened,
): Promise<void> {
  await attachLegacy(target.beside, { image: image.subject.digest, suffix, layers }, signal);
}
