export { makeRegistryClient } from './client/client.ts';
export { anonymous, credentialFor } from './credentials/credential.ts';
export { refuseHomeless } from './credentials/homeless.ts';
export { forgetLogin, keepLogin } from './credentials/keep.ts';
export { credentialFiles, loginFile, storedCredentials } from './credentials/stored.ts';
export { insecureHostsOf, parseRegistries } from './registries/table.ts';
export { openRemoteImage } from './remote.ts';
