import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (wiki.centos.org/About/Product). */
export const endOfLife: EndOfLife = {
  '3': '2010-10-31',
  '4': '2012-02-29',
  '5': '2017-03-31',
  '6': '2020-11-30',
  '7': '2024-06-30',
  '8': '2021-12-31',
};
