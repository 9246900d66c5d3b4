import { type Command, CommanderError, Option } from 'commander';
import { type FlagUse, globalOptions } from '../config/index.ts';
import type { OptionGroup } from '../core/index.ts';
import { networkOptions } from '../net/index.ts';
import { ArgumentReader } from './arguments.ts';
import { type CommandDescriptor, type CommandModule, commandLine, exampleLine } from './command.ts';
import { craneOptions } from './crane-options.ts';
import type { Dialect } from './dialect.ts';
import { cliError } from './errors.ts';
import { commandFamilies, commands } from './registry.ts';
import { explainUsage } from './usage.ts';

/** What a command line asks for. */
export type Parsed = TextAsked | CommandAsked;

/** Help, or the version. */
export interface TextAsked {
  readonly kind: 'text';
  readonly text: string;
}

export interface CommandAsked {
  readonly kind: 'command';
  readonly descriptor: CommandDescriptor;
  readonly module: CommandModule;
  readonly operands: readonly string[];
  readonly flags: readonly FlagUse[];
}

export interface ParseOptions {
  readonly dialect: Dialect;
  /** Width of help; 80 when not known. */
  readonly columns: number | undefined;
  readonly version: string;
  /** Those of the program unless given. */
  readonly commands?: readonly CommandDescriptor[];
}

/** Reads a command line; only the command that is used is loaded. @throws CLI_COMMAND_*, CLI_OPTION_UNKNOWN, CLI_USAGE, CONFIG_OPTION_* */
export async function parseArguments(args: readonly string[], options: ParseOptions): Promise<Parsed> {
  const reading = new Reading(options.dialect);
  const program = makeProgram(reading, options, args);
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args[0] === 'help' ? [...args.slice(1), '--help'] : [...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw await explainUsage(error, { command: reading.command, dialect: options.dialect });
  }
  return reading.asked ?? { kind: 'text', text: reading.text };
}

/** Options of every command. */
export const generalGroups: readonly OptionGroup[] = [networkOptions, globalOptions];

/** What is found out while a command line is read. */
class Reading {
  readonly dialect: Dialect;
  readonly flags: FlagUse[] = [];
  /** The words so far, for messages. */
  command: string;
  text = '';
  asked: CommandAsked | undefined;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
    this.command = dialect.command;
  }
}

/** With the commands that the first word can mean alone; with all, and the options before them, where it is none of theirs. */
function makeProgram(reading: Reading, options: ParseOptions, args: readonly string[]): Command {
  const program = makeBareProgram(reading, options);
  const all = options.commands ?? commands.all;
  const meant = namedBy(args, all, options.dialect);
  if (meant.length === 0) addProgramOptions(program, options);
  addCommands(program, meant.length > 0 ? meant : all, reading);
  return program;
}

function makeBareProgram(reading: Reading, { columns, dialect }: ParseOptions): ArgumentReader {
  const program = new ArgumentReader(dialect.command, (use) => reading.flags.push(use))
    .description('The load line for container images.')
    .addHelpOption(helpOption())
    .helpCommand(false)
    .enablePositionalOptions()
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        reading.text += text;
      },
      writeErr: () => undefined,
      getOutHelpWidth: () => columns ?? 80,
    }) as ArgumentReader;
  program.hook('preSubcommand', (_, chosen) => {
    reading.command = `${dialect.command} ${chosen.name()}`;
  });
  return program;
}

function namedBy(
  args: readonly string[],
  all: readonly CommandDescriptor[],
  dialect: Dialect,
): readonly CommandDescriptor[] {
  const word = args[0] === 'help' ? args[1] : args[0];
  return all.filter(({ words }) => words[dialect.id]?.some((name) => name.split(' ', 1)[0] === word));
}

function addProgramOptions(program: ArgumentReader, { version, dialect }: ParseOptions): void {
  const isCrane = dialect.id === 'crane';
  program.version(`Version: ${version}`, isCrane ? '--version' : '-v, --version', 'Print the version');
  for (const group of isCrane ? [craneOptions, ...generalGroups] : generalGroups) program.addGroup(group);
}

function addCommands(program: ArgumentReader, descriptors: readonly CommandDescriptor[], reading: Reading): void {
  const families = new Map<string, ArgumentReader>();
  for (const descriptor of descriptors) {
    const [name, ...aliases] = descriptor.words[reading.dialect.id] ?? [];
    if (name === undefined) continue;
    const [first, second] = name.split(' ') as [string, string?];
    const parent = second === undefined ? program : familyOf(program, first, families);
    const command = addCommand(parent, second ?? first, descriptor, reading);
    command.aliases(aliases.map((alias) => alias.split(' ').at(-1) ?? alias));
    if (second === undefined) families.set(first, command);
  }
}

function helpOption(): Option {
  return new Option('-h, --help', 'Print this help').helpGroup(`${globalOptions.title}:`);
}

/** The command that others stand below: one that was registered before them, or a word that only gathers them. */
function familyOf(program: ArgumentReader, word: string, families: Map<string, ArgumentReader>): ArgumentReader {
  const known = families.get(word);
  if (known !== undefined) return known;
  const family = program.command(word).description(commandFamilies[word] ?? '') as ArgumentReader;
  for (const group of generalGroups) family.addGroup(group);
  families.set(word, family);
  return family;
}

function addCommand(
  parent: ArgumentReader,
  word: string,
  descriptor: CommandDescriptor,
  reading: Reading,
): ArgumentReader {
  const command = parent.command(word).summary(descriptor.summary) as ArgumentReader;
  parent.hook('preSubcommand', async (_, chosen) => {
    if (chosen === command) await prepare(command, descriptor, reading);
  });
  return command;
}

/** Gives a command its options once it is known to be the one. */
async function prepare(command: ArgumentReader, descriptor: CommandDescriptor, reading: Reading): Promise<void> {
  const module = await descriptor.load();
  reading.command = commandLine(descriptor, reading.dialect);
  const { operands = [] } = descriptor;
  command.description(`${descriptor.summary}.`);
  for (const { name, description, repeats } of operands) {
    command.argument(repeats ? `[${name}...]` : `[${name}]`, description);
  }
  for (const group of module.options) command.addGroup(group);
  for (const group of generalGroups) command.addGroup(group, { yields: true });
  command.addHelpOption(helpOption());
  command.addHelpText('after', formatExamples(descriptor, reading.dialect));
  command.action((...values: unknown[]) => {
    const given = values.slice(0, operands.length).flat() as (string | undefined)[];
    const told = given.filter((value) => value !== undefined);
    requireOperands(descriptor, told, reading.dialect);
    reading.asked = { kind: 'command', descriptor, module, operands: told, flags: reading.flags };
  });
}

function requireOperands(descriptor: CommandDescriptor, told: readonly string[], dialect: Dialect): void {
  const missing = (descriptor.operands ?? []).find(({ required }, index) => required && index >= told.length);
  if (missing === undefined) return;
  const data = { command: commandLine(descriptor, dialect), operand: missing.name };
  throw cliError('CLI_OPERAND_MISSING', { data: { ...data, example: exampleLine(descriptor, dialect) } });
}

function formatExamples({ examples }: CommandDescriptor, dialect: Dialect): string {
  return `\nExamples:\n${examples.map(({ line, does }) => `  # ${does}\n  ${dialect.command} ${line}\n`).join('\n')}`;
}
