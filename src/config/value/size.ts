const bytes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
  g: 1e9,
  gb: 1e9,
  gib: 2 ** 30,
  t: 1e12,
  tb: 1e12,
  tib: 2 ** 40,
};

/** Bytes of a size: `1000`, `10MB` (decimal) or `64MiB` (binary); undefined when it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([a-z]{0,3})$/i.exec(text);
  const unit = bytes[(match?.[2] ?? '').toLowerCase()];
  const size = match === null || unit === undefined ? Number.NaN : Math.floor(Number(match[1]) * unit);
  return Number.isSafeInteger(size) ? size : undefined;
}

/** In the largest binary unit that needs no fraction. */
export function formatSize(size: number): string {
  for (const [unit, name] of [
    [2 ** 40, 'TiB'],
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
  ] as const) {
    if (size >= unit && size % unit === 0) return `${size / unit}${name}`;
  }
  return `${size}`;
}
