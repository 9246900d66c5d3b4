import type { Step } from '../step.ts';
import { admit } from './admit.ts';
import { push, pushUnsigned } from './push.ts';
import { gate, reports, scanImage, scanSbom } from './scan.ts';
import { signKeyless, signWithKey } from './sign.ts';

/** The steps in their order, once the registry runs. */
export const steps: readonly Step[] = [
  push,
  scanImage,
  gate,
  reports,
  scanSbom,
  signWithKey,
  signKeyless,
  pushUnsigned,
  admit,
];
