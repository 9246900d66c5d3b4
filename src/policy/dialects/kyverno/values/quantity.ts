/** A number with the unit that Kubernetes gives it (apimachinery, resource.Quantity), in its base unit; undefined for none. */
export function parseQuantity(text: string): number | undefined {
  const [, digits = '', suffix = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+))([a-zA-Z]*|[eE][+-]?\d+)$/.exec(text.trim()) ?? [];
  if (digits === '') return undefined;
  if (/^[eE][+-]?\d+$/.test(suffix)) return Number(digits + suffix);
  const factor = factors.get(suffix);
  return factor === undefined ? undefined : Number(digits) * factor;
}

const decimal = ['k', 'M', 'G', 'T', 'P', 'E'];
const factors: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ...decimal.map((unit, index): [string, number] => [unit, 1000 ** (index + 1)]),
  ...['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit, index): [string, number] => [unit, 1024 ** (index + 1)]),
]);

const durationUnits: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** A duration as Go writes it, in seconds, such as `1h30m`; undefined for none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const [, sign = '', parts = ''] = /^([+-]?)((?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+)$/.exec(text) ?? [];
  if (parts === '') return undefined;
  const matches = [...parts.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)];
  const seconds = matches.reduce((sum, [, count, unit = '']) => sum + Number(count) * (durationUnits[unit] ?? 0), 0);
  return sign === '-' ? -seconds : seconds;
}
