export { askCredentialHelper, type HelperCredential, type HelperOptions } from './credential-helper.ts';
