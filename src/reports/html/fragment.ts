/** What findings can be narrowed to; every part may be left out. The same words stand in the address of the page. */
export interface Narrowing {
  /** Words that must all stand in a finding. */
  readonly q?: string;
  /** Names in lower case, separated by commas. */
  readonly severity?: string;
  /** `fixable` or `unfixed`. */
  readonly fix?: string;
  /** The class of the result: `os-pkgs` or `lang-pkgs`. */
  readonly class?: string;
  /** The exact name of a result. */
  readonly target?: string;
  /** The exact name of a package or its source. */
  readonly package?: string;
  /** `base`, `app`, or the number of a layer, counted from 1. */
  readonly layer?: string;
  /** `yes` to see also what does not count. */
  readonly ignored?: string;
  /** A column, with `-` before it for the other direction. */
  readonly sort?: string;
}

const keys = ['q', 'severity', 'fix', 'class', 'target', 'package', 'layer', 'ignored', 'sort'] as const;

/** The fragment of an address that narrows the findings of the page to these. */
export function toFragment(narrowing: Narrowing): string {
  const parts = keys.flatMap((key) => {
    const value = narrowing[key];
    return value ? [`${key}=${encodeURIComponent(value.toWellFormed())}`] : [];
  });
  return `#${parts.join('&')}`;
}

/** Reads what `toFragment` wrote; undefined for the name of a place in the page. What it does not know is left out. */
export function parseFragment(fragment: string): Narrowing | undefined {
  const text = fragment.replace(/^#/, '');
  if (text !== '' && !text.includes('=')) return undefined;
  const parts = new URLSearchParams(text.replaceAll('+', '%2B'));
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = parts.get(key);
      return value ? [[key, value]] : [];
    }),
  );
}
