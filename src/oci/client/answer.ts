import type { AppError, HttpResponse } from '../../core/index.ts';
import { redact } from '../../kit/redact.ts';
import { parseRetryAfter, readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { isObject, parseObject } from '../manifest.ts';
import type { Place } from './place.ts';

const maxErrorBody = 64 * 1024;
const maxDetail = 200;
/** Statuses that may pass when tried again. */
const temporary: ReadonlySet<number> = new Set([408, 425, 429, 499, 500, 502, 503, 504, 520, 522, 524]);

export interface AnswerContext {
  readonly place: Place;
  /** What was asked for, for messages: `manifest latest`. */
  readonly what: string;
  readonly now: Date;
}

/** The coded error that an unwanted answer stands for; `data.registryCode` is the registry's own (distribution-spec, "Error codes"). */
export async function toRegistryError(response: HttpResponse, { place, what, now }: AnswerContext): Promise<AppError> {
  const { status } = response;
  const body = await readErrorBody(response, place.host);
  const retryAfter = parseRetryAfter(response.headers['retry-after'], now);
  const data = {
    host: place.host,
    repository: place.repository,
    what,
    status,
    detail: body.detail || `status ${status}`,
    ...(body.code !== undefined && { registryCode: body.code }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
  if (status === 401) return ociError('OCI_UNAUTHORIZED', { data });
  if (status === 403) return ociError('OCI_FORBIDDEN', { data });
  if (status === 404) return ociError('OCI_REMOTE_NOT_FOUND', { data });
  if (status === 429) return ociError('OCI_RATE_LIMITED', { data });
  return ociError(temporary.has(status) ? 'OCI_REGISTRY_FAILED' : 'OCI_REGISTRY_REFUSED', { data });
}

async function readErrorBody(response: HttpResponse, host: string): Promise<{ code?: string; detail: string }> {
  const bytes = await readWholeBody(response, host, maxErrorBody).catch(() => undefined);
  const errors = bytes === undefined ? undefined : parseObject(bytes)?.['errors'];
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (!isObject(first)) return { detail: '' };
  const { code, message } = first;
  const words = [code, message].filter((word) => typeof word === 'string').join(': ');
  return { detail: plainText(words), ...(typeof code === 'string' && { code: plainText(code) }) };
}

/** What a server says may hold control characters and secrets; neither may reach a terminal or a log. */
export function plainText(text: string): string {
  return redact(text.slice(0, maxDetail)).replace(/\p{C}/gu, '');
}
