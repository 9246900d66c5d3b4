import { createHash } from 'node:crypto';

/** The identifier of an element (spdx-spec 6.3: letters, digits, dots and dashes). */
export function toElementId(prefix: string, ref: string): string {
  return `SPDXRef-${prefix}-${createHash('sha256').update(ref).digest('hex').slice(0, 16)}`;
}
