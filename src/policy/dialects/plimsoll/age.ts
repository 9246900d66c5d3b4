const day = 86_400_000;

/** How long ago a time in milliseconds is, in days. */
export function daysSince(time: number, now: Date): number {
  return (now.getTime() - time) / day;
}
