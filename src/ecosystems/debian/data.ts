import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release, long-term support included (wiki.debian.org/LTS). */
export const endOfLife: EndOfLife = {
  '1': '1999-03-09',
  '2': '2003-07-30',
  '3': '2008-03-30',
  '4': '2010-02-15',
  '5': '2012-02-06',
  '6': '2016-02-29',
  '7': '2018-05-31',
  '8': '2020-06-30',
  '9': '2022-06-30',
  '10': '2024-06-30',
  '11': '2026-08-14',
  '12': '2028-06-10',
  '13': 'open',
};
