import type { Digest } from '../core/index.ts';
import type { AppContext } from './context.ts';
import type {
  ArchiveChoice,
  CopyInput,
  ExportInput,
  ImageChoice,
  PullInput,
  PushInput,
  TagInput,
  TagsInput,
  ValidateInput,
} from './images/input.ts';

/** The digest of an image or index, by HEAD where the registry allows it. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function imageDigest(choice: ImageChoice, context: AppContext): Promise<Digest> {
  const { digestOf } = await import('./images/reading.ts');
  return digestOf(choice, context);
}

/** The digest that an image of a docker archive would have in a registry. @throws DISK_*, CODEC_*, OCI_* */
export async function archiveDigest(choice: ArchiveChoice): Promise<Digest> {
  const { digestOfArchive } = await import('./images/pushing.ts');
  return digestOfArchive(choice);
}

/** The manifest of an image or index, byte for byte. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function imageManifest(choice: ImageChoice, context: AppContext): Promise<Uint8Array> {
  const { manifestOf } = await import('./images/reading.ts');
  return manifestOf(choice, context);
}

/** The configuration of one image, byte for byte. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function imageConfig(choice: ImageChoice, context: AppContext): Promise<Uint8Array> {
  const { configOf } = await import('./images/reading.ts');
  return configOf(choice, context);
}

/** The tags of a repository, as the registry lists them. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function* listTags(input: TagsInput, context: AppContext): AsyncGenerator<string> {
  const { tagsOf } = await import('./images/reading.ts');
  yield* tagsOf(input, context);
}

/** The repositories of a registry. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function* listRepositories(registry: string, context: AppContext): AsyncGenerator<string> {
  const { repositoriesOf } = await import('./images/reading.ts');
  yield* repositoriesOf(registry, context);
}

/** Gives an image another tag in its repository. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function tagImage(input: TagInput, context: AppContext): Promise<void> {
  const { tag } = await import('./images/changing.ts');
  return tag(input, context);
}

/** Deletes a manifest by its digest, or a tag by its name. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function deleteImage(reference: string, context: AppContext): Promise<void> {
  const { remove } = await import('./images/changing.ts');
  return remove(reference, context);
}

/** The bytes of a blob, checked at their end. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function* readBlob(reference: string, context: AppContext): AsyncGenerator<Buffer> {
  const { blobOf } = await import('./images/changing.ts');
  yield* blobOf(reference, context);
}

/**
 * Copies an image or index byte for byte, and nothing beside it.
 * @throws CORE_REFERENCE_INVALID, OCI_TAG_EXISTS, OCI_*, NET_*
 */
export async function copyContent(input: CopyInput, context: AppContext): Promise<Digest> {
  const { copyOne } = await import('./images/copying.ts');
  return copyOne(input, context);
}

/** Copies all tags of a repository. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function copyRepository(input: CopyInput, context: AppContext): Promise<void> {
  const { copyAll } = await import('./images/copying.ts');
  return copyAll(input, context);
}

/** Pushes what lies in an archive or a layout. @throws CORE_REFERENCE_INVALID, DISK_*, CODEC_*, OCI_*, NET_* */
export async function pushImage(input: PushInput, context: AppContext): Promise<Digest> {
  const { push } = await import('./images/pushing.ts');
  return push(input, context);
}

/** Writes images to an archive or a layout. @throws CORE_REFERENCE_INVALID, DISK_*, OCI_*, NET_* */
export async function pullImages(input: PullInput, context: AppContext): Promise<void> {
  const { pull } = await import('./images/pulling.ts');
  return pull(input, context);
}

/** The file system of an image as one tar. @throws CORE_REFERENCE_INVALID, OCI_*, CODEC_*, NET_* */
export async function* exportImage(input: ExportInput, context: AppContext): AsyncGenerator<Uint8Array> {
  const { fileSystemOf } = await import('./images/exporting.ts');
  yield* fileSystemOf(input, context);
}

/** What is wrong with an image or index; nothing when it is well-formed. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function imageProblems(input: ValidateInput, context: AppContext): Promise<readonly string[]> {
  const { problemsOf } = await import('./images/validating.ts');
  return problemsOf(input, context);
}
