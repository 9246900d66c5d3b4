import type { ServedResponse } from '../../net/index.ts';

/** Error codes of the protocol (distribution-spec, "Error codes") with their usual statuses. */
const statuses = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DENIED: 403,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 404,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  SIZE_INVALID: 400,
  TOOMANYREQUESTS: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED: 405,
  RANGE_INVALID: 416,
} as const;

export interface RefusalOptions {
  /** Instead of the usual one. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer that reports an error to a client. */
export function refuse(code: keyof typeof statuses, message: string, options: RefusalOptions = {}): ServedResponse {
  return json(options.status ?? statuses[code], { errors: [{ code, message }] }, options.headers);
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): ServedResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
