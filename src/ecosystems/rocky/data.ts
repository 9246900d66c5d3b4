import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (endoflife.date/rocky-linux). */
export const endOfLife: EndOfLife = {
  '8': '2029-05-31',
  '9': '2032-05-31',
};
