/** What the conformance program found. */
export interface Outcome {
  readonly passed: number;
  /** Failures and errors. */
  readonly failed: number;
  /** What was skipped, or is switched off. */
  readonly skipped: number;
  /** What is not well, in its words. */
  readonly complaints: readonly string[];
}

/** Reads the summary that the program prints: `  Pass......: 1024`. */
export function parseOutcome(text: string): Outcome {
  const count = (...names: readonly string[]): number =>
    names.reduce((sum, name) => sum + Number(new RegExp(`^ *${name}\\.+: +(\\d+)$`, 'm').exec(text)?.[1] ?? 0), 0);
  const summary = text.slice(Math.max(0, text.indexOf('API conformance:')));
  return {
    passed: count('Pass'),
    failed: count('FAIL', 'Error'),
    skipped: count('Skip', 'Disabled'),
    complaints: summary.split('\n').filter((line) => /\.: +(FAIL|Error|Skip|Disabled)$/.test(line)),
  };
}
