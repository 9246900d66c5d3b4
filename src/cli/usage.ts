import type { CommanderError } from 'commander';
import type { AppError } from '../core/index.ts';
import { nearest } from '../kit/nearest.ts';
import type { Dialect } from './dialect.ts';
import { cliError } from './errors.ts';
import { plannedCommands } from './planned.ts';
import { commands } from './registry.ts';

export interface UsagePlace {
  /** The command that was being read, with the program's name. */
  readonly command: string;
  readonly dialect: Dialect;
}

/** Turns what the parser says of a command line into an error that says what to write. */
export async function explainUsage(error: CommanderError, place: UsagePlace): Promise<AppError> {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  if (error.code === 'commander.unknownCommand') return explainCommand(quoted, place.dialect);
  if (error.code === 'commander.unknownOption') return explainOption(quoted, place);
  const reason = error.message.replace(/^error: /, '');
  const told = error.code === 'commander.help' ? 'A command is missing' : upperFirst(reason);
  return cliError('CLI_USAGE', { data: { reason: told, command: place.command } });
}

function explainCommand(word: string, dialect: Dialect): AppError {
  if (plannedCommands[dialect.id].includes(word))
    return cliError('CLI_COMMAND_UNSUPPORTED', { data: { word, program: dialect.command } });
  const words = commands.all.flatMap(({ words: by }) => by[dialect.id] ?? []).map((each) => each.split(' ')[0] ?? each);
  const near = nearest(word, words);
  const looksLikeImage = /[/:@]/.test(word);
  const guess = near === undefined && looksLikeImage ? `image ${word}` : near;
  const advice =
    guess === undefined
      ? `Run \`${dialect.command} --help\` for the commands.`
      : `Did you mean \`${dialect.command} ${guess}\`?`;
  return cliError('CLI_COMMAND_UNKNOWN', { data: { word, advice } });
}

async function explainOption(option: string, { command, dialect }: UsagePlace): Promise<AppError> {
  const { explainFlag } = await import('../config/index.ts');
  const explained = explainFlag(option, dialect.id !== 'cosign' && dialect.id !== 'crane');
  if (explained.error !== undefined) return explained.error;
  const elsewhere = explained.known && command === dialect.command;
  const advice = elsewhere
    ? `Write ${option} after the command.`
    : explained.near === undefined
      ? `Run \`${command} --help\` for the options.`
      : `Did you mean ${explained.near}?`;
  return cliError('CLI_OPTION_UNKNOWN', { data: { command, option, advice } });
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
