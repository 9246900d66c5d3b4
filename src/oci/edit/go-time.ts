const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,30}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** A time of RFC 3339 as Go writes it back: at most nine digits, no zeros at their end; undefined when it is none. */
export function normalizeTime(text: string): string | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', day = '', hours = '', minutes = '', seconds = '', digits = ''] = found;
  const [, , , , , , , , sign = '+', offsetHours = '00', offsetMinutes = '00'] = found;
  const isClock = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  const isOffset = Number(offsetHours) < 24 && Number(offsetMinutes) < 60;
  if (!isClock || !isOffset || !isDate(Number(year), Number(month), Number(day))) return undefined;
  const fraction = digits.slice(0, 9).replace(/0+$/, '');
  const offset = `${offsetHours}:${offsetMinutes}`;
  const zone = offset === '00:00' ? 'Z' : `${sign}${offset}`;
  return `${year}-${month}-${day}T${hours}:${minutes}:${seconds}${fraction === '' ? '' : `.${fraction}`}${zone}`;
}

/** Days that a month does not have would run on into the next one. */
function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
