import { createHash } from 'node:crypto';

/**
 * A UUID, version 7 (RFC 9562 5.7), of a moment and an identity: the same for the same two, so that a fixed clock
 * gives the same report.
 */
export function makeReportId(now: Date, identity: string): string {
  const hash = createHash('sha256').update(`${now.getTime()}\n${identity}`).digest();
  const time = Math.max(0, now.getTime()).toString(16).padStart(12, '0').slice(-12);
  const tail = hash.toString('hex');
  const variant = (8 + ((hash[10] ?? 0) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(3, 6)}-${tail.slice(6, 18)}`;
}
