export { signKeyless } from './sign-keyless.ts';
