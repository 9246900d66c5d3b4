import type { Moment } from './moment.ts';

export const rfc3339Nano = '2006-01-02T15:04:05.999999999Z07:00';

/** The elements of Go's reference time (package time, Layout), longer ones before those that they begin with. */
const element =
  /January|Jan|Monday|Mon|MST|2006|__2|002|01|02|03|04|05|06|15|PM|pm|_2|Z070000|Z07:00:00|Z0700|Z07:00|Z07|-070000|-07:00:00|-0700|-07:00|-07|[.,](?:0+|9+)(?!\d)|1|2|3|4|5/g;

const months = 'January February March April May June July August September October November December'.split(' ');
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** A time in one of Go's layouts, such as `2006-01-02`. */
export function formatDate(moment: Moment, layout: string): string {
  const shown = moment.shown;
  return layout.replace(element, (name) => formatElement(name, shown, moment));
}

function formatElement(name: string, shown: Date, moment: Moment): string {
  if (name.startsWith('.') || name.startsWith(',')) return formatFraction(name, shown.getUTCMilliseconds());
  if (/^[Z-]0/.test(name)) return formatZone(name, moment.zone.offset);
  return elements[name]?.(shown, moment) ?? name;
}

const elements: Readonly<Record<string, (shown: Date, moment: Moment) => string>> = {
  January: (date) => months[date.getUTCMonth()] ?? '',
  Jan: (date) => (months[date.getUTCMonth()] ?? '').slice(0, 3),
  Monday: (date) => days[date.getUTCDay()] ?? '',
  Mon: (date) => (days[date.getUTCDay()] ?? '').slice(0, 3),
  MST: (_, { zone }) => zone.name,
  '2006': (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  '06': (date) => two(date.getUTCFullYear() % 100),
  '01': (date) => two(date.getUTCMonth() + 1),
  '1': (date) => String(date.getUTCMonth() + 1),
  '02': (date) => two(date.getUTCDate()),
  _2: (date) => String(date.getUTCDate()).padStart(2, ' '),
  '2': (date) => String(date.getUTCDate()),
  '002': (date) => String(dayOfYear(date)).padStart(3, '0'),
  __2: (date) => String(dayOfYear(date)).padStart(3, ' '),
  '15': (date) => two(date.getUTCHours()),
  '03': (date) => two(hour12(date)),
  '3': (date) => String(hour12(date)),
  '04': (date) => two(date.getUTCMinutes()),
  '4': (date) => String(date.getUTCMinutes()),
  '05': (date) => two(date.getUTCSeconds()),
  '5': (date) => String(date.getUTCSeconds()),
  PM: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  pm: (date) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function hour12(date: Date): number {
  return date.getUTCHours() % 12 || 12;
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

/** Zeros ask for all their digits, nines leave trailing zeros out. */
function formatFraction(name: string, milliseconds: number): string {
  const digits = String(milliseconds)
    .padStart(3, '0')
    .padEnd(9, '0')
    .slice(0, name.length - 1);
  if (name[1] === '0') return `${name[0]}${digits}`;
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '' : `${name[0]}${kept}`;
}

function formatZone(name: string, offset: number): string {
  if (name.startsWith('Z') && offset === 0) return 'Z';
  const colon = name.includes(':') ? ':' : '';
  const minutes = Math.abs(offset);
  const parts = [two(Math.floor(minutes / 60)), two(minutes % 60), '00'];
  const count = name.replace(/[Z:-]/g, '').length / 2;
  return `${offset < 0 ? '-' : '+'}${parts.slice(0, count).join(colon)}`;
}
