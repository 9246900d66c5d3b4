const hour = 3_600_000;
const day = 24 * hour;

/** How old data was at a moment, for example `updated 2026-07-30 06:15 UTC (12 days old)`. */
export function describeAge(updatedAt: string | undefined, now: Date): string {
  const updated = updatedAt === undefined ? Number.NaN : Date.parse(updatedAt);
  if (Number.isNaN(updated)) return 'of unknown age';
  const moment = new Date(updated).toISOString().slice(0, 16).replace('T', ' ');
  return `updated ${moment} UTC (${describeSpan(now.getTime() - updated)})`;
}

function describeSpan(span: number): string {
  if (span < hour) return span < -hour ? 'in the future of this scan' : 'less than an hour old';
  if (span < 2 * day) return amount(Math.floor(span / hour), 'hour');
  return amount(Math.floor(span / day), 'day');
}

function amount(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'} old`;
}
