import type { Advisory } from '../core/index.ts';
import type { VersionOrder } from '../versions/index.ts';

/** The interval of affected versions that a statement gives: from the first one on, to before the fix or to the last one. */
export type Bounds = Pick<Advisory, 'affectedVersion' | 'fixedVersion' | 'lastAffectedVersion'>;

/** True for a version in the interval; `openEnd` tells whether one without an end goes on for ever. @throws VERSION_INVALID */
export function liesWithin(version: string, bounds: Bounds, order: VersionOrder, openEnd: boolean): boolean {
  const { affectedVersion, fixedVersion, lastAffectedVersion } = bounds;
  if (affectedVersion && order.compare(version, affectedVersion) < 0) return false;
  if (fixedVersion) return order.compare(version, fixedVersion) < 0;
  return lastAffectedVersion ? order.compare(version, lastAffectedVersion) <= 0 : openEnd;
}

/** For example `>=1.0, <1.2`; `any` without bounds. */
export function describeBounds({ affectedVersion, fixedVersion, lastAffectedVersion }: Bounds): string {
  const upper = fixedVersion ? `<${fixedVersion}` : lastAffectedVersion && `<=${lastAffectedVersion}`;
  return [affectedVersion && `>=${affectedVersion}`, upper].filter(Boolean).join(', ') || 'any';
}
