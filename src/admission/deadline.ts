/** What an API server waits for when it does not say. */
const usual = 10_000;
const longest = 30_000;
/** Kept for the way back. */
const reserve = 1000;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** Milliseconds for a decision, below what the API server waits: `?timeout=10s`, as Go writes durations. */
export function timeFor(timeout: string | null): number {
  const given = readDuration(timeout ?? '');
  const whole = given === undefined || given <= 0 ? usual : Math.min(given, longest);
  return whole - Math.min(reserve, whole / 4);
}

function readDuration(text: string): number | undefined {
  if (!/^(\d{1,6}(\.\d{1,6})?(ms|s|m))+$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)(ms|s|m)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

/** What is promised, or `late` when it takes longer than so many milliseconds. */
export async function within<T>(milliseconds: number, promised: Promise<T>): Promise<T | 'late'> {
  const { promise, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), Math.max(milliseconds, 0));
  try {
    return await Promise.race([promised, promise]);
  } finally {
    clearTimeout(timer);
  }
}
