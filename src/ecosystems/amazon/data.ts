import type { EndOfLife } from '../../core/index.ts';

/** Last day of support of each release (aws.amazon.com/amazon-linux-2/faqs, docs.aws.amazon.com/linux/al2023). */
export const endOfLife: EndOfLife = {
  '1': '2023-12-31',
  '2': '2026-06-30',
  '2023': '2028-03-15',
};
