import { moment } from '../compare.ts';
import { parseDuration } from '../quantity.ts';
import { type FunctionTable, text } from './function.ts';

/** Functions of times in RFC 3339, by Kyverno's names; layouts of Go are taken for RFC 3339 alone. */
export function timeFunctions(now: Date): FunctionTable {
  return {
    time_now: () => format(now.getTime()),
    time_now_utc: () => format(now.getTime()),
    time_add: (args) => format(time(args, 0) + duration(args, 1)),
    time_to_cron: (args) => toCron(new Date(time(args, 0))),
    time_utc: (args) => format(time(args, 0)),
    time_since: (args) => {
      const end = args[2] === '' || args[2] === undefined ? now.getTime() : time(args, 2);
      return formatDuration(end - time(args, 1));
    },
    time_diff: (args) => formatDuration(time(args, 1) - time(args, 0)),
    time_before: (args) => time(args, 0) < time(args, 1),
    time_after: (args) => time(args, 0) > time(args, 1),
    time_between: (args) => time(args, 0) > time(args, 1) && time(args, 0) < time(args, 2),
    time_truncate: (args) => {
      const step = duration(args, 1);
      return format(step > 0 ? Math.floor(time(args, 0) / step) * step : time(args, 0));
    },
  };
}

function time(args: readonly unknown[], index: number): number {
  const found = moment(text(args, index));
  if (found === undefined) throw new TypeError(`argument ${index + 1} is no time in RFC 3339`);
  return found;
}

/** In milliseconds. */
function duration(args: readonly unknown[], index: number): number {
  const found = parseDuration(text(args, index));
  if (found === undefined) throw new TypeError(`argument ${index + 1} is no duration such as 1h30m`);
  return found * 1000;
}

function format(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** As Go writes durations, so that they can be compared. */
function formatDuration(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${milliseconds < 0 ? '-' : ''}${hours}h${minutes}m${Math.round((seconds % 60) * 1000) / 1000}s`;
}

function toCron(at: Date): string {
  return `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} ${at.getUTCDay()}`;
}
