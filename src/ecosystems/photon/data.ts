import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (blogs.vmware.com, end of support announcements). */
export const endOfLife: EndOfLife = {
  '1.0': '2022-02-28',
  '2.0': '2022-12-31',
  '3.0': '2024-06-30',
  '4.0': '2026-03-31',
  '5.0': 'open',
};
