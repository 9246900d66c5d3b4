/** A function of JMESPath by its arguments; throws a TypeError or RangeError for arguments it cannot take. */
export type JmesFunction = (args: readonly unknown[]) => unknown;

export type FunctionTable = Readonly<Record<string, JmesFunction>>;

export function text(args: readonly unknown[], index: number): string {
  const value = args[index];
  if (typeof value === 'string') return value;
  // Kyverno takes numbers for texts in most places.
  if (typeof value === 'number') return String(value);
  throw new TypeError(`argument ${index + 1} is not a text`);
}

export function number(args: readonly unknown[], index: number): number {
  const value = args[index];
  if (typeof value === 'number') return value;
  throw new TypeError(`argument ${index + 1} is not a number`);
}

export function list(args: readonly unknown[], index: number): readonly unknown[] {
  const value = args[index];
  if (Array.isArray(value)) return value;
  throw new TypeError(`argument ${index + 1} is not a list`);
}
