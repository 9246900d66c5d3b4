export type { OpenedReference, RegistryClient, RegistryClientOptions, RemoteRepository } from './client/client.ts';
export type { RemoteManifest } from './client/manifest.ts';
export type { MirrorRules, Place } from './client/place.ts';
export type { BlobUpload, PushOptions } from './client/push.ts';
export type { CredentialSource, RegistryCredential } from './credentials/credential.ts';
export type { StoredCredentialOptions } from './credentials/stored.ts';
export { ociErrors } from './errors.ts';
export type { Image, ImageConfig, ImageLayer } from './image.ts';
export { loadRegistryServer, loadRemote } from './load.ts';
export { type Descriptor, type Index, type Manifest, mediaTypes, type Platform, parseManifest } from './manifest.ts';
export { openImagePath } from './open-path.ts';
export {
  insecureRegistriesOption,
  mirrorsOption,
  passwordOption,
  passwordStdinOption,
  registryOptions,
  registryTokenOption,
  usernameOption,
} from './options.ts';
export { parsePlatform } from './platform.ts';
export type { RemoteImageOptions } from './remote.ts';
