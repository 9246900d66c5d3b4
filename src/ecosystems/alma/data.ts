import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (endoflife.date/almalinux). */
export const endOfLife: EndOfLife = {
  '8': '2029-03-01',
  '9': '2032-05-31',
  '10': '2035-05-31',
};
