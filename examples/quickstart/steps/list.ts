import type { Step } from '../step.ts';
import { push } from './push.ts';
import { gate, reports, scanImage, scanSbom } from './scan.ts';

/** The steps in their order, once the registry runs. */
export const steps: readonly Step[] = [push, scanImage, gate, reports, scanSbom];
