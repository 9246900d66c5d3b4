import type { AppContext } from '../app/index.ts';
import type { ResolvedOptions } from '../config/index.ts';
import type { OptionGroup } from '../core/index.ts';
import type { Dialect, DialectId } from './dialect.ts';
import type { Host } from './host.ts';

/** What is known of a command before it is used; small, because every start loads all of them. */
export interface CommandDescriptor {
  /** The words it is called by, for example `db update`. */
  readonly id: string;
  readonly aliases?: readonly string[];
  /** One sentence without a full stop, in the imperative. */
  readonly summary: string;
  /** The names under which the command exists. */
  readonly dialects: readonly DialectId[];
  readonly operand?: CommandOperand;
  readonly examples: readonly CommandExample[];
  readonly load: () => Promise<CommandModule>;
}

/** What a command is about, when it is told in words rather than options. */
export interface CommandOperand {
  /** In help, for example `IMAGE`. */
  readonly name: string;
  readonly description: string;
}

export interface CommandExample {
  /** Without the program's name. */
  readonly line: string;
  readonly does: string;
}

export interface CommandModule {
  /** Besides the general ones. */
  readonly options: readonly OptionGroup[];
  /** Resolves to the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
}

/** One use of a command. */
export interface Invocation {
  readonly descriptor: CommandDescriptor;
  readonly operand: string | undefined;
  readonly options: ResolvedOptions;
  readonly dialect: Dialect;
  readonly host: Host;
  readonly context: AppContext;
}
