import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (en.opensuse.org/Lifetime). */
export const endOfLife: EndOfLife = {
  '42.1': '2017-05-17',
  '42.2': '2018-01-26',
  '42.3': '2019-06-30',
  '15.0': '2019-12-03',
  '15.1': '2020-11-30',
  '15.2': '2021-11-30',
  '15.3': '2022-11-30',
  '15.4': '2023-11-30',
  '15.5': '2024-12-31',
  '15.6': '2025-12-31',
};
