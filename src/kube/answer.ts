import type { AppError, HttpResponse } from '../core/index.ts';
import { findJsonExcess } from '../kit/json-bounds.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import { readWholeBody } from '../net/index.ts';
import { kubeError } from './errors.ts';
import type { KubeObject } from './resource.ts';

const maxSize = 64 * 2 ** 20;
const maxReason = 500;
const bounds = { depth: 100, values: 4_000_000 };

/** The object of an answer; undefined when there is none (404). @throws NET_*, KUBE_* */
export async function readAnswer(
  response: HttpResponse,
  host: string,
  action: string,
): Promise<KubeObject | undefined> {
  const text = (await readWholeBody(response, host, maxSize)).toString('utf8');
  if (response.status === 404) return undefined;
  if (response.status >= 300) throw toError(response.status, text, action);
  return parseObject(text, action);
}

/** @throws KUBE_ANSWER_INVALID */
export function parseObject(text: string, action: string): KubeObject {
  const invalid = (reason: string): Error => kubeError('KUBE_ANSWER_INVALID', { data: { action, reason } });
  const excess = findJsonExcess(text, bounds);
  if (excess !== undefined) throw invalid(`its ${excess} is out of bounds`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('it is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('it is no object');
  return value as KubeObject;
}

/** What a status of HTTP, or a Status of the API, means. */
export function toError(status: number, text: string, action: string): AppError {
  const reason = toVisibleLine((messageOf(text) || 'no reason is given').slice(0, maxReason));
  if (status === 401 || status === 403) return kubeError('KUBE_REFUSED', { data: { action, reason } });
  if (status === 409) return kubeError('KUBE_CONFLICT', { data: { action, reason } });
  if (status === 410) return kubeError('KUBE_EXPIRED', { data: { action } });
  return kubeError('KUBE_FAILED', { data: { action, status, reason } });
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    return text;
  }
}
