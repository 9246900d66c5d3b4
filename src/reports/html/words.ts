const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1,204 findings`, `1 finding`. */
export function countOf(amount: number, one: string, many: string = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;
}

/** Bytes in units of 1000, for example `27.6 MB`. */
export function formatSize(bytes: number): string {
  const exponent = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** exponent;
  return `${exponent === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[exponent]}`;
}
