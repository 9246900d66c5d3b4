import { trustError } from '../errors.ts';

/** A service as the commands that create configurations are told it: names and values. */
export type ServiceSpec = Readonly<Record<string, string>>;

/** What is read, in the words of messages: the flag, and the kind of service. */
export interface SpecKind {
  readonly flag: string;
  readonly service: string;
  readonly required: readonly string[];
  /** How cosign calls a value that is missing. */
  readonly missing: 'missing' | 'missing or empty';
}

/** Reads `NAME=VALUE,NAME=VALUE`. @throws TRUST_SPEC_INVALID */
export function parseSpec(text: string, { flag, service, required, missing }: SpecKind): ServiceSpec {
  const pairs = text.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 0) throw specInvalid(`parsing ${flag} spec: invalid key-value pair: ${pair}`);
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  const spec = Object.fromEntries(pairs);
  const absent = required.find((name) => !spec[name]);
  if (absent === undefined) return spec;
  throw specInvalid(`parsing ${flag} spec: ${missing} required key '${absent}' in ${service} spec`);
}

/** A moment of RFC 3339 as protobuf's JSON writes it; undefined when none is given. @throws TRUST_SPEC_INVALID */
export function toMoment(text: string | undefined, flag: string, name: string): string | undefined {
  if (text === undefined || text === '') return undefined;
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = new Date(isMoment ? text : Number.NaN);
  if (Number.isNaN(time.getTime())) throw specInvalid(`parsing ${flag} spec: parsing ${name}: "${text}" is no time`);
  return formatMoment(time);
}

export function formatMoment(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z');
}

/** A window of validity; the end is left out when it is open. */
export function toWindow(start: string | undefined, end: string | undefined): Record<string, string> {
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}

export function specInvalid(reason: string): Error {
  return trustError('TRUST_SPEC_INVALID', { data: { reason } });
}
