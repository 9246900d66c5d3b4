import type { ProtoFields } from '../kit/proto-json.ts';

/** From when and until when something is trusted; both moments belong to it. */
export interface Validity {
  readonly start?: Date;
  readonly end?: Date;
}

export function isWithin({ start, end }: Validity, time: Date): boolean {
  return (start === undefined || start <= time) && (end === undefined || time <= end);
}

/** Reads a `TimeRange` (sigstore_common.proto). @throws KIT_JSON_INVALID */
export function readValidity(fields: ProtoFields | undefined): Validity {
  const start = fields?.time('start');
  const end = fields?.time('end');
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}
