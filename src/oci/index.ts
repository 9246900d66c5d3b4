export type { RegistryClient, RemoteRepository } from './client/client.ts';

export type { MirrorRules, Routes } from './client/place.ts';
export type { RetryRules } from './client/transport.ts';

export type { Copier } from './copy/copy.ts';
export type { CredentialSource, RegistryCredential } from './credentials/credential.ts';

export type { LoginPlace } from './credentials/keep.ts';
export type { CredentialLookup } from './credentials/stored.ts';
export type { LookedUp } from './diagnose/diagnose.ts';
export type { DiagnosedPlace, Diagnosis } from './diagnose/report.ts';
export type { DescriptorDocument } from './edit/documents.ts';
export type { EditedImage, SealedImage } from './edit/edited.ts';
export type { EditedIndex } from './edit/index-document.ts';
export type { LayerFile } from './edit/layer-file.ts';
export type { ConfigChanges, PlatformChange } from './edit/mutate.ts';
export { toGoJson } from './go-json/text.ts';
export type { Image } from './image.ts';
export { type BlobStore, blobPath, directoryBlobs } from './layout/directory.ts';
export { loadDiagnose, loadEditing, loadLocalStores, loadMoving, loadRegistryServer, loadRemote } from './load.ts';
export { type Descriptor, maxManifestSize, mediaTypes, type Platform, parseManifest } from './manifest.ts';
export { craneRepository } from './names.ts';
export { openImagePath } from './open-path.ts';
export {
  insecureRegistriesOption,
  mirrorsOption,
  passwordOption,
  passwordStdinOption,
  registriesFileOption,
  registryOptions,
  registryTokenOption,
  usernameOption,
} from './options.ts';
export { choosePlatform, formatPlatform, parsePlatform } from './platform.ts';
export { describeReferrer } from './referrer.ts';
export type { StoredImage } from './stored/choose.ts';
export type { StoredContent } from './stored/content.ts';
