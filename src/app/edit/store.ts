import { type ImageReference, parseImageReference } from '../../core/index.ts';
import { writeOutput } from '../../disk/index.ts';
import { loadEditing, loadMoving, type SealedImage } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { archiveTag, shown, wantedOf } from '../images/target.ts';
import type { PushChoice, StoredEdit } from './input.ts';

/** Where an edited image goes. */
export interface Target extends PushChoice {
  /** As it was given. */
  readonly name: string;
  readonly reference: ImageReference;
  /** Stores it under its own digest, whatever the reference says. */
  readonly byDigest?: boolean;
}

/** Sends an edited image to its registry, or writes it to a file. @throws OCI_*, NET_*, DISK_UNWRITABLE */
export async function storeEdited(image: SealedImage, target: Target, context: AppContext): Promise<StoredEdit> {
  if (target.output !== undefined) await writeArchive(image, target.output, target, context);
  else await sendEdited(image, target, context);
  const { registry, repository } = target.reference;
  return { registry, repository, digest: image.digest };
}

async function writeArchive(image: SealedImage, path: string, target: Target, context: AppContext): Promise<void> {
  const { dockerArchive } = await loadMoving();
  const { asStored } = await loadEditing();
  const images = [{ image: asStored(image), tag: archiveTag(target.name) }];
  await writeOutput(path, shown(dockerArchive(images, context.signal), path, context));
}

async function sendEdited(image: SealedImage, target: Target, context: AppContext): Promise<void> {
  const { reference, byDigest = false, allowForeign = false } = target;
  const { pushEdited } = await loadEditing();
  const repository = (await context.registry()).repository(reference);
  const { signal } = context;
  const under = byDigest ? image.digest : wantedOf(reference);
  await pushEdited(image, repository, under, { allowForeign, ...(signal !== undefined && { signal }) });
}

/** What an image is replaced by when nothing is said: its tag, or where it was named by digest the new one. */
export function targetOf(image: string, target: string | undefined, choice: PushChoice): Target {
  const name = target ?? image;
  const reference = parseImageReference(name);
  return { ...pushChoice(choice), name, reference, byDigest: reference.digest !== undefined };
}

/** What of an input says how the result is sent. */
export function pushChoice({ allowForeign = false, output }: PushChoice): PushChoice {
  return { allowForeign, ...(output !== undefined && { output }) };
}
