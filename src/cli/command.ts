import type { AppContext } from '../app/index.ts';
import type { ResolvedOptions } from '../config/index.ts';
import type { OptionGroup } from '../core/index.ts';
import type { Dialect, DialectId } from './dialect.ts';
import type { Host } from './host.ts';

/** What is known of a command before it is used; small, because every start loads all of them. */
export interface CommandDescriptor {
  /** Its folder's name, for example `db-update`. */
  readonly id: string;
  /** The words it is called by under each of the program's names; the first is the usual one, others mean the same. */
  readonly words: Readonly<Partial<Record<DialectId, readonly [string, ...string[]]>>>;
  /** One sentence without a full stop, in the imperative. */
  readonly summary: string;
  readonly operands?: readonly CommandOperand[];
  readonly examples: readonly CommandExample[];
  readonly load: () => Promise<CommandModule>;
}

/** One thing that a command is told in words rather than options. */
export interface CommandOperand {
  /** In help, for example `IMAGE`. */
  readonly name: string;
  readonly description: string;
  /** Without it the command line is refused before the command runs. */
  readonly required?: true;
  /** For the last one: it may be given several times. */
  readonly repeats?: true;
}

export interface CommandExample {
  /** Without the program's name. */
  readonly line: string;
  readonly does: string;
}

export interface CommandModule {
  /** Besides the general ones. */
  readonly options: readonly OptionGroup[];
  /** What it moves may be of any size: there is no time limit unless one is given. */
  readonly takesItsTime?: true;
  /** Milliseconds it may take to end once it was told to; 3 seconds unless given. */
  readonly grace?: number;
  /** Resolves to the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
}

/** How a command is called, for messages: `plimsoll db update`. */
export function commandLine({ id, words }: CommandDescriptor, { id: name, command }: Dialect): string {
  return `${command} ${words[name]?.[0] ?? id}`;
}

/** The first example of a command, for messages. */
export function exampleLine(descriptor: CommandDescriptor, dialect: Dialect): string {
  const [example] = descriptor.examples;
  return example === undefined ? commandLine(descriptor, dialect) : `${dialect.command} ${example.line}`;
}

/** One use of a command. */
export interface Invocation {
  readonly descriptor: CommandDescriptor;
  readonly operands: readonly string[];
  readonly options: ResolvedOptions;
  readonly dialect: Dialect;
  readonly host: Host;
  readonly context: AppContext;
}
