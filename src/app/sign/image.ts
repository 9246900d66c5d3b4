import { readWhole } from '../../disk/index.ts';
import {
  formatSimpleSigning,
  formatStatement,
  type LegacyLayer,
  type SigstoreBundle,
  toLegacyLayer,
} from '../../envelope/index.ts';
import { attachBundle, attachLegacy } from '../../evidence/index.ts';
import type { Descriptor } from '../../oci/index.ts';
import { type PublicKey, usualScheme, verifySignature } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { MadeSignature, SignedImage, SignImageInput } from './input.ts';
import { toMade } from './made.ts';
import { openSession, type SigningSession } from './session.ts';
import { artifactOfImage, type ImageTarget, type OpenedTarget, openTarget } from './target.ts';

/** The type of the statement that cosign 3 signs images with. */
const signatureType = 'https://sigstore.dev/cosign/sign/v1';
const maxPayload = 16 * 2 ** 20;

/** Signs an image, or an index and all that it lists; what was signed is verified before it is put anywhere. */
export async function signImages(input: SignImageInput, context: AppContext): Promise<SignedImage[]> {
  const { reference, repository, recursive, layout } = input;
  const target = await openTarget(
    {
      reference,
      mayBeAbsent: layout === 'legacy',
      ...(repository !== undefined && { repository }),
      ...(recursive !== undefined && { recursive }),
    },
    context,
  );
  const session = await openSession(input, layout === 'bundle' ? 'statement' : 'artifact', context);
  const signed: SignedImage[] = [];
  for (const image of target.images) {
    const signatures =
      layout === 'bundle'
        ? await signAsBundle({ image, target, session, input }, context)
        : await signAsLegacy({ image, target, session, input }, context);
    const { digest } = image.subject;
    signed.push({ digest, signatures, ...(input.upload && { repository: target.besideName }) });
  }
  return signed;
}

interface Work {
  readonly image: ImageTarget;
  readonly target: OpenedTarget;
  readonly session: SigningSession;
  readonly input: SignImageInput;
}

async function signAsBundle({ image, target, session, input }: Work, context: AppContext): Promise<MadeSignature[]> {
  const { subject } = image;
  const [algorithm = '', value = ''] = subject.digest.split(':');
  const statement = formatStatement({
    type: 'https://in-toto.io/Statement/v1',
    subjects: [{ digest: { [algorithm]: value }, annotations: input.annotations ?? {} }],
    predicateType: signatureType,
    predicate: {},
  });
  const bytes = Buffer.from(statement);
  const bundle = await session.sign({ kind: 'statement', bytes, about: artifactOfImage(subject.digest) });
  const made = toMade(bundle, bytes, session.key);
  if (input.upload) {
    const attachment = { subject, json: Buffer.from(made.bundle), predicateType: signatureType };
    await attachBundle(target.beside, { ...attachment, created: context.clock.now() }, signalOf(context));
  }
  return [made];
}

async function signAsLegacy({ image, target, session, input }: Work, context: AppContext): Promise<MadeSignature[]> {
  const payloads = await payloadsOf(image, input);
  const bundles: SigstoreBundle[] = [];
  for (const bytes of payloads) bundles.push(await session.sign({ kind: 'artifact', bytes }));
  if (input.upload) {
    const layers = bundles.map((bundle, index) =>
      toLegacyLayer(bundle, { payload: payloads[index] ?? Buffer.alloc(0) }),
    );
    const attachment = { image: image.subject.digest, suffix: 'sig', layers } as const;
    const created = input.recordTime === true ? { created: context.clock.now() } : {};
    const repeats = (there: Descriptor, added: LegacyLayer) => says(there, added, session.key);
    await attachLegacy(target.beside, { ...attachment, ...created, repeats }, signalOf(context));
  }
  return bundles.map((bundle, index) => toMade(bundle, payloads[index] ?? Buffer.alloc(0), session.key));
}

async function payloadsOf({ name, subject }: ImageTarget, input: SignImageInput): Promise<Buffer[]> {
  const { payload, identities = [], annotations = {} } = input;
  if (payload !== undefined) return [await readWhole(payload, maxPayload)];
  const names = identities.length === 0 ? [name] : identities;
  return names.map((reference) => formatSimpleSigning({ reference, digest: subject.digest, annotations }));
}

const signatureAnnotation = 'dev.cosignproject.cosign/signature';

/** True when a layer has the same payload and proof, signed by the same key: signing again would say nothing new. */
async function says(
  there: Descriptor,
  { annotations, blob }: LegacyLayer,
  key: PublicKey | undefined,
): Promise<boolean> {
  if (key === undefined || there.size !== blob.length) return false;
  const { [signatureAnnotation]: signature = '', ...proof } = there.annotations ?? {};
  const { [signatureAnnotation]: _, ...added } = annotations;
  if (Object.entries(added).some(([name, value]) => proof[name] !== value)) return false;
  return verifySignature(key, usualScheme(key.kind), { message: blob }, Buffer.from(signature, 'base64'));
}

function signalOf({ signal }: AppContext): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
