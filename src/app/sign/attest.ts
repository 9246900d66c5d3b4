import { type Digest, digestHex } from '../../core/index.ts';
import { parseDsseEnvelope, predicateTypeOf, statementOf, toLegacyLayer } from '../../envelope/index.ts';
import { attachBundle, attachLegacy } from '../../evidence/index.ts';
import type { Descriptor, RemoteRepository } from '../../oci/index.ts';
import { makeStatement } from '../../sign/index.ts';
import type { AppContext } from '../context.ts';
import type { AttestImageInput, SignedImage } from './input.ts';
import { toMade } from './made.ts';
import { openSession } from './session.ts';
import { artifactOfImage, openTarget } from './target.ts';

const maxBlob = 128 * 2 ** 20;

/** Signs a statement about an image; what was signed is verified before it is put anywhere. */
export async function attestOne(input: AttestImageInput, context: AppContext): Promise<SignedImage> {
  const { reference, repository, type, predicate, layout, upload } = input;
  const target = await openTarget({ reference, ...(repository !== undefined && { repository }) }, context);
  const [image] = target.images;
  if (image === undefined) throw new RangeError('a reference means at least one image');
  const { subject, name } = image;
  const time = context.clock.now();
  const payload = makeStatement({ type, predicate, name, digest: digestHex(subject.digest), time });
  const session = await openSession(input, 'statement', context);
  const about = artifactOfImage(subject.digest);
  const bundle = await session.sign({ kind: 'statement', bytes: payload, about });
  const made = toMade(bundle, payload, session.key);
  const predicateType = predicateTypeOf(type) ?? type;
  const signal = context.signal === undefined ? {} : { signal: context.signal };
  if (upload && layout === 'bundle') {
    await attachBundle(
      target.beside,
      { subject, json: Buffer.from(made.bundle), predicateType, created: time },
      signal,
    );
  } else if (upload) {
    const layers = [toLegacyLayer(bundle, { annotations: { predicateType } })];
    const drops = (there: Descriptor) => statesType(target.beside, there, predicateType);
    await attachLegacy(
      target.beside,
      {
        image: subject.digest,
        suffix: 'att',
        layers,
        ...(input.recordTime === true && { created: time }),
        ...(input.replace === true && { drops }),
      },
      signal,
    );
  }
  return toSigned(subject.digest, made, upload ? target.besideName : undefined);
}

function toSigned(digest: Digest, made: ReturnType<typeof toMade>, repository: string | undefined): SignedImage {
  return { digest, signatures: [made], ...(repository !== undefined && { repository }) };
}

/** True for an attestation of this type; its envelope is what tells, not the annotation beside it. */
async function statesType(beside: RemoteRepository, layer: Descriptor, predicateType: string): Promise<boolean> {
  const envelope = parseDsseEnvelope(await beside.readBlob(layer, maxBlob));
  return statementOf(envelope).predicateType === predicateType;
}
