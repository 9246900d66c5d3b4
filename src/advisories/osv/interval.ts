import { isAppError } from '../../core/index.ts';
import type { VersionOrder } from '../../versions/index.ts';
import type { OsvEvent, OsvRange } from './record.ts';

/** Affected versions from `from` (from the first one on when undefined) to before `fixed`, or to and with `last`. */
export interface Interval {
  readonly from?: string;
  readonly fixed?: string;
  readonly last?: string;
}

/**
 * The affected intervals of a range (ossf/osv-schema, "affected[].ranges[] field", Evaluation). Commits are not versions.
 * A `limit` bounds a walk through branches and would only make intervals shorter, so it is left out.
 */
export function toIntervals(range: OsvRange, order: VersionOrder | undefined): Interval[] {
  if (range.type === 'GIT') return [];
  const events = range.events.filter(({ kind }) => kind !== 'limit');
  if (alternates(events)) return pairEvents(events);
  const sorted = sortEvents(events, order);
  // Without their order nothing is known to be fixed.
  if (sorted === undefined) return pairEvents(events.filter(({ kind }) => kind === 'introduced').slice(0, 1));
  return pairEvents(sorted);
}

/** True when each `introduced` is followed by at most one end, so that the events are pairs in any order of pairs. */
function alternates(events: readonly OsvEvent[]): boolean {
  return events.every(({ kind }, index) => (kind === 'introduced') === (index % 2 === 0));
}

function pairEvents(events: readonly OsvEvent[]): Interval[] {
  const intervals: Interval[] = [];
  let open: { readonly from?: string } | undefined;
  for (const { kind, version } of events) {
    if (kind === 'introduced') {
      open ??= version === '0' ? {} : { from: version };
    } else if (open !== undefined) {
      intervals.push(kind === 'fixed' ? { ...open, fixed: version } : { ...open, last: version });
      open = undefined;
    }
  }
  return open === undefined ? intervals : [...intervals, open];
}

/** In version order; undefined when a version cannot be compared. */
function sortEvents(events: readonly OsvEvent[], order: VersionOrder | undefined): OsvEvent[] | undefined {
  if (order === undefined) return undefined;
  const isStart = ({ kind, version }: OsvEvent): boolean => kind === 'introduced' && version === '0';
  try {
    const others = events.filter((event) => !isStart(event)).sort((a, b) => order.compare(a.version, b.version));
    return [...events.filter(isStart), ...others];
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
