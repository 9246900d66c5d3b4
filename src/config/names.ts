import type { OptionAlias, OptionSpec } from '../core/index.ts';

/** An option as one of its names finds it. */
export interface NamedOption {
  readonly spec: OptionSpec;
  /** Set when the name is not the option's own. */
  readonly alias?: OptionAlias;
}

/** Options by flag, without dashes. A flag that two options claim is the first one's; a test refuses it. */
export function namesOfFlags(options: readonly OptionSpec[]): ReadonlyMap<string, NamedOption> {
  const names = new Map<string, NamedOption>();
  for (const spec of options) {
    if (spec.flag !== undefined) add(names, spec.flag, { spec });
    for (const alias of spec.aliases ?? []) if (alias.flag !== undefined) add(names, alias.flag, { spec, alias });
  }
  return names;
}

/**
 * Options by key, in lower case. Flat files with the names of flags at the top, as early versions of Trivy read them,
 * are understood too, where the name is not a key itself.
 */
export function namesOfKeys(options: readonly OptionSpec[]): ReadonlyMap<string, NamedOption> {
  const names = new Map<string, NamedOption>();
  for (const spec of options) add(names, spec.key.toLowerCase(), { spec });
  for (const spec of options) {
    for (const alias of spec.aliases ?? []) if (alias.key !== undefined) add(names, alias.key, { spec, alias });
  }
  for (const [flag, { spec, alias }] of namesOfFlags(options)) {
    add(names, flag, { spec, alias: { deprecated: true, ...alias } });
  }
  return names;
}

/** The variables an option is read from, the most telling first. */
export function environmentNames(spec: OptionSpec): string[] {
  if (spec.local) return [...(spec.environment ?? [])];
  const own = [spec.flag, ...(spec.aliases ?? []).filter(({ value }) => value === undefined).map(({ flag }) => flag)];
  const flags = own.filter((flag) => flag !== undefined).map((flag) => flag.toUpperCase().replaceAll('-', '_'));
  return [
    ...flags.map((name) => `PLIMSOLL_${name}`),
    ...flags.map((name) => `TRIVY_${name}`),
    ...(spec.environment ?? []),
  ];
}

function add(names: Map<string, NamedOption>, name: string, option: NamedOption): void {
  if (!names.has(name)) names.set(name, option);
}
