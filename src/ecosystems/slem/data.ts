import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (suse.com/lifecycle). */
export const endOfLife: EndOfLife = {
  '5.0': '2022-03-31',
  '5.1': '2025-10-31',
  '5.2': '2026-04-30',
  '5.3': '2026-10-30',
  '5.4': '2027-04-30',
  '5.5': '2027-10-31',
  '6.0': '2028-06-30',
};
