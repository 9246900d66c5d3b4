/**
 * One thing that a user can decide, declared beside the room that owns it. Everything else about it is derived: the
 * flag, the environment variables, the key in configuration files, help, documentation and completion.
 */
export type OptionSpec = BooleanOption | TextOption | PathOption | NumberOption | ListOption | MapOption;

interface OptionName {
  /** Name in configuration files, dotted: `vulnerability.ignore-unfixed`. */
  readonly key: string;
  /** Long flag without its dashes, from which the environment names come too; absent for what only a file can say. */
  readonly flag?: string;
  /** One letter. */
  readonly short?: string;
  /** Other names that mean the same. */
  readonly aliases?: readonly OptionAlias[];
  /** Environment variables beside `PLIMSOLL_…` and `TRIVY_…`. */
  readonly environment?: readonly string[];
  /** One sentence without a full stop, in the imperative. */
  readonly description: string;
  /** The value's name in help, for example `FILE`. */
  readonly placeholder?: string;
  /**
   * Who may decide it: `any` configuration file, or only `trusted` places (flags, environment, --config, the user's own
   * file), because a file in the working directory may belong to what is scanned.
   */
  readonly trust: 'any' | 'trusted';
  /** True for values that must never be shown. */
  readonly secret?: boolean;
  /** True for an option of a single command: its flag alone says it, no file and no variable beside `environment`. */
  readonly local?: boolean;
}

export interface OptionAlias {
  readonly flag?: string;
  readonly key?: string;
  /** True for old names, whose use is answered with a warning that tells the new one. */
  readonly deprecated?: boolean;
  /** For an old flag that takes no value itself: the value it stands for. */
  readonly value?: string;
}

/** `true` or `false`; `false` unless said otherwise. */
export interface BooleanOption extends OptionName {
  readonly kind: 'boolean';
  readonly default?: boolean;
}

/** Which words are accepted, and other spellings of them. */
export interface Choice<T extends string> {
  readonly allowed?: readonly T[];
  readonly spellings?: Readonly<Record<string, T>>;
}

export interface TextOption<T extends string = string> extends OptionName, Choice<T> {
  readonly kind: 'text';
  readonly default?: T;
}

export interface PathOption extends OptionName {
  readonly kind: 'path';
  readonly default?: string;
}

/** An integer, a duration in milliseconds (`5m0s`, `36h`, `7d`) or a size in bytes (`10MB`, `64MiB`). */
export interface NumberOption extends OptionName {
  readonly kind: 'integer' | 'duration' | 'size';
  readonly default?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Several values: split at commas, and one after another when the flag is repeated. */
export interface ListOption<T extends string = string> extends OptionName, Choice<T> {
  readonly kind: 'list';
  /** Each use of the flag is one value as it stands, commas included. */
  readonly verbatim?: true;
  readonly default?: readonly T[];
}

/** Values by name: a map in configuration files, `NAME=VALUE` in flags and variables; a name given again has several. */
export interface MapOption extends OptionName {
  readonly kind: 'map';
}

export interface OptionGroup {
  readonly id: string;
  /** Heading in help and documentation. */
  readonly title: string;
  readonly options: readonly OptionSpec[];
}

/** A specification that states a default, so that its value is never undefined. */
export type WithDefault<S extends OptionSpec> = S & { readonly default: NonNullable<unknown> };

/** The type of an option's value. */
export type OptionValue<S extends OptionSpec> =
  S extends TextOption<infer T>
    ? T | MissingValue<S>
    : S extends ListOption<infer T>
      ? readonly T[]
      : S extends BooleanOption
        ? boolean
        : S extends NumberOption
          ? number | MissingValue<S>
          : S extends PathOption
            ? string | MissingValue<S>
            : OptionMap;

export type OptionMap = Readonly<Record<string, readonly string[]>>;

type MissingValue<S> = S extends { readonly default: NonNullable<unknown> } ? never : undefined;
