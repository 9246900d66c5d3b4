import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (oracle.com, Lifetime Support Policy: Linux). */
export const endOfLife: EndOfLife = {
  '3': '2011-12-31',
  '4': '2013-12-31',
  '5': '2017-12-31',
  '6': '2021-03-21',
  '7': '2024-12-31',
  '8': '2029-07-18',
  '9': '2032-07-18',
};
