const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a duration such as `-1h30m` (time.ParseDuration); undefined for what is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, value, unit = ''] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g))
    sum += Number(value) * (units[unit] ?? 0);
  return text.startsWith('-') ? -sum : sum;
}

/** A duration of whole seconds as Go prints it: `1h2m3s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.abs(Math.trunc(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const sign = milliseconds < 0 && seconds > 0 ? '-' : '';
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds % 60}s`;
  return minutes > 0 ? `${sign}${minutes}m${seconds % 60}s` : `${sign}${seconds}s`;
}
