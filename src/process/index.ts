export { openBrowser } from './browser.ts';
export {
  askCredentialHelper,
  eraseCredential,
  type HelperCredential,
  type HelperOptions,
  storeCredential,
} from './credential-helper.ts';
export { askPlugin } from './plugin.ts';
