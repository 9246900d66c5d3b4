import { z } from 'zod';

/** The members of a union type as a list; a member that is missing or too many does not compile. */
export function names<T extends string>(members: Readonly<Record<T, true>>): [T, ...T[]] {
  return Object.keys(members) as [T, ...T[]];
}

export const digest: z.ZodType<string> = z.string().regex(/^sha(256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/);

export const moment: z.ZodType<string> = z.string().meta({ format: 'date-time' });

export const layer: z.ZodType = z
  .object({ Digest: digest.optional(), DiffID: digest.optional() })
  .meta({ description: 'The layer by the digest of its blob and of its unpacked bytes.' });
