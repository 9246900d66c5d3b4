import type { Asks } from '../../../judge/asks.ts';
import type { Fields } from '../../../model/fields.ts';
import type { PolicyRequest } from '../../../model/request.ts';
import { type Filter, matchesFilter, readFilter } from './filter.ts';

/** `match` or `exclude`: any of the filters, or all of them. */
export interface Filters {
  readonly combine: 'any' | 'all';
  readonly filters: readonly Filter[];
}

/** Reads `any`, `all`, or the flat form of older policies. @throws POLICY_INVALID */
export function readFilters(fields: Fields | undefined): Filters | undefined {
  if (fields === undefined || Object.keys(fields.value).length === 0) return undefined;
  const isAny = fields.has('any');
  if (isAny && fields.has('all')) throw fields.invalid('', 'has both any and all');
  if (isAny || fields.has('all')) {
    const combine = isAny ? 'any' : 'all';
    return { combine, filters: fields.items(combine).map(readFilter) };
  }
  return { combine: 'all', filters: [readFilter(fields)] };
}

/** Whether the filters match; undefined while something must be known first. */
export function matchesFilters(
  { combine, filters }: Filters,
  request: PolicyRequest,
  asks: Asks,
  otherwise: boolean,
): boolean | undefined {
  const found = filters.map((filter) => matchesFilter(filter, request, asks, otherwise));
  if (filters.length === 0) return false;
  if (combine === 'any') return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
  return found.includes(false) ? false : found.includes(undefined) ? undefined : true;
}
