export { makeRegistryClient } from './client/client.ts';
export { anonymous, credentialFor } from './credentials/credential.ts';
export { credentialFiles, storedCredentials } from './credentials/stored.ts';
export { insecureHostsOf, parseRegistries } from './registries/table.ts';
export { openRemoteImage } from './remote.ts';
