import { type Fetch, isAppError } from '../../core/index.ts';
import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { retry } from '../../kit/retry.ts';
import { sleep } from '../../kit/sleep.ts';
import { readWholeBody } from '../../net/index.ts';
import { trustError } from '../errors.ts';

/** A service that takes part in signing, and how it is asked. */
export interface ServiceAccess {
  readonly fetch: Fetch;
  /** Its address, with or without a slash at the end. */
  readonly url: string;
  readonly signal?: AbortSignal;
}

export interface ServiceQuestion {
  /** The name of the service, for messages. */
  readonly service: string;
  /** Behind the address. */
  readonly path: string;
  /** Without one it is a question that changes nothing. */
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServiceReply {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const maxReply = 16 * 2 ** 20;
const shownLength = 200;
const rules = { attempts: 3, firstDelay: 500, maxDelay: 5000, sleep };

/** Posts a question and gives the answer of status 200 or 201; asks again after 429 and 5xx. @throws TRUST_SERVICE_REFUSED, TRUST_SERVICE_BUSY, NET_* */
export function ask(access: ServiceAccess, question: ServiceQuestion): Promise<ServiceReply> {
  const { signal } = access;
  return retry(() => askOnce(access, question), { ...rules, ...(signal !== undefined && { signal }) });
}

async function askOnce({ fetch, url, signal }: ServiceAccess, question: ServiceQuestion): Promise<ServiceReply> {
  const address = new URL(url.replace(/\/+$/, '') + question.path);
  const response = await fetch({
    method: question.body === undefined ? 'GET' : 'POST',
    url: address,
    ...(question.body !== undefined && { body: question.body }),
    headers: {
      ...(question.contentType !== undefined && { 'content-type': question.contentType }),
      ...question.headers,
    },
    ...(signal !== undefined && { signal }),
  });
  const body = await readWholeBody(response, address.host, maxReply);
  if (response.status === 200 || response.status === 201) return { body, headers: response.headers };
  const detail = body.toString('utf8', 0, shownLength);
  const data = { service: question.service, host: address.host, status: response.status, detail };
  const isPassing = response.status === 429 || response.status >= 500;
  throw trustError(isPassing ? 'TRUST_SERVICE_BUSY' : 'TRUST_SERVICE_REFUSED', { data });
}

/** Reads an answer in JSON; what is not as it should be is the service's fault. @throws TRUST_SERVICE_INVALID */
export function readReply<T>(service: string, { body }: ServiceReply, read: (fields: ProtoFields) => T): T {
  try {
    return read(new ProtoFields(parseBoundedJson(body, maxReply)));
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw trustError('TRUST_SERVICE_INVALID', { data: { service, reason: error.message } });
  }
}

export function toJsonBody(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
