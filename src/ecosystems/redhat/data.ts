import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (access.redhat.com/support/policy/updates/errata; later releases have paid extensions). */
export const endOfLife: EndOfLife = {
  '4': '2017-05-31',
  '5': '2020-11-30',
  '6': '2024-06-30',
  '7': 'open',
  '8': 'open',
  '9': 'open',
  '10': 'open',
};
