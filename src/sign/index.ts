export {
  generateOptions,
  importOptions,
  importPrefixOption,
  outfileOption,
  outputPrefixOption,
  privateKeyOption,
  publicKeyOptions,
  yesOption,
} from './options.ts';
export { signKeyless } from './sign-keyless.ts';
