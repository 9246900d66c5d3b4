import { Moment } from './moment.ts';

/** What each element of a layout stands for in text, for those that dates are read by. */
const elements: Readonly<Record<string, string>> = {
  '2006': '(?<year>\\d{4})',
  '01': '(?<month>\\d{2})',
  Jan: '(?<name>[A-Z][a-z]{2})',
  '02': '(?<day>\\d{2})',
  '15': '(?<hour>\\d{2})',
  '04': '(?<minute>\\d{2})',
  '05': '(?<second>\\d{2})(?<fraction>\\.\\d+)?',
  'Z07:00': '(?<zone>Z|[+-]\\d{2}:\\d{2})',
  '-0700': '(?<zone>[+-]\\d{4})',
  MST: '[A-Z]{3,4}',
};

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Reads a time in one of Go's layouts; undefined when the text does not have it. */
export function parseDate(layout: string, text: string): Moment | undefined {
  const pattern = layout.replace(/2006|Jan|Z07:00|-0700|MST|0[1245]|15|[.*+?^${}()|[\]\\]/g, toPattern);
  const groups = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { year = '0001', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z' } = groups;
  const colon = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = Date.parse(
    `${year}-${monthOf(groups)}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${colon}`,
  );
  return Number.isNaN(time) ? undefined : new Moment(time);
}

function toPattern(part: string): string {
  return elements[part] ?? `\\${part}`;
}

function monthOf({ month, name }: Readonly<Record<string, string | undefined>>): string {
  if (name !== undefined) return String(months.indexOf(name) / 3 + 1).padStart(2, '0');
  return month ?? '01';
}
