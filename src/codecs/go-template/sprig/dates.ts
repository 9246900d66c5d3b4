import { formatDate } from '../date-format.ts';
import { parseDate } from '../date-parse.ts';
import { exactly, type TemplateFunction } from '../function.ts';
import { Moment, utc, type Zone } from '../moment.ts';
import { callError } from '../position.ts';
import { toInteger, toMoment } from './convert.ts';
import { formatDuration, parseDuration } from './duration.ts';

/** Functions of times: `now` is the moment of the report, and the local zone is UTC, so that the same report gives the same text. */
export function dateFunctions(now: Date): readonly (readonly [string, TemplateFunction])[] {
  const date = exactly(2, (args) => formatDate(inZone(toMoment(args.value(1), now), 'Local'), args.text(0)));
  const dateInZone = exactly(3, (args) => formatDate(inZone(toMoment(args.value(1), now), args.text(2)), args.text(0)));
  const modify = exactly(2, (args) => shift(toMoment(args.value(1), now), parseDuration(args.text(0))));
  const toDate = exactly(2, (args) => parseDate(args.text(0), args.text(1)) ?? zero);
  return [
    ['now', exactly(0, () => new Moment(now.getTime()))],
    ['date', date],
    ['dateInZone', dateInZone],
    ['date_in_zone', dateInZone],
    ['htmlDate', exactly(1, (args) => formatDate(inZone(toMoment(args.value(0), now), 'Local'), '2006-01-02'))],
    [
      'htmlDateInZone',
      exactly(2, (args) => formatDate(inZone(toMoment(args.value(0), now), args.text(1)), '2006-01-02')),
    ],
    ['dateModify', modify],
    ['date_modify', modify],
    ['toDate', toDate],
    ['mustToDate', exactly(2, (args) => parseDate(args.text(0), args.text(1)) ?? refuse(args.text(1)))],
    ['unixEpoch', exactly(1, (args) => String(Math.floor(toMoment(args.value(0), now).milliseconds / 1000)))],
    [
      'ago',
      exactly(1, (args) =>
        formatDuration(Math.round((now.getTime() - toMoment(args.value(0), now).milliseconds) / 1000) * 1000),
      ),
    ],
    ['duration', exactly(1, (args) => formatDuration(Number(toInteger(args.value(0))) * 1000))],
  ];
}

/** The year 1, which Go has for a time that is not set. */
const zero = new Moment(Date.parse('0001-01-01T00:00:00Z'));

function refuse(text: string): never {
  throw callError(`${JSON.stringify(text)} is not a date of that layout`);
}

function shift(moment: Moment, by: number | undefined): Moment {
  return by === undefined ? moment : new Moment(moment.milliseconds + by, moment.zone);
}

/** A zone that is not known is UTC, as sprig has it. */
function inZone(moment: Moment, name: string): Moment {
  return new Moment(moment.milliseconds, zoneAt(name, moment.milliseconds));
}

function zoneAt(name: string, milliseconds: number): Zone {
  if (name === '' || name === 'UTC' || name === 'Local') return utc;
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }).formatToParts(
      milliseconds,
    );
    const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? [];
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    return { name: shortName(name, milliseconds), offset };
  } catch (error) {
    if (error instanceof RangeError) return utc;
    throw error;
  }
}

function shortName(timeZone: string, milliseconds: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }).formatToParts(milliseconds);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
