import { isAppError } from '../../../core/index.ts';
import { ProtoFields, parseBoundedJson } from '../../../kit/proto-json.ts';
import { retry } from '../../../kit/retry.ts';
import { sleep } from '../../../kit/sleep.ts';
import { drain, readWholeBody } from '../../../net/index.ts';
import { trustError } from '../../errors.ts';
import { readAnswer } from '../answer.ts';
import type { KmsAccess } from '../scheme.ts';
import type { VaultSettings } from './settings.ts';

/** A request to the transit engine; `body` makes it one that writes. */
export interface VaultQuestion {
  /** Below the engine, for example `keys/NAME`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, string | boolean>>;
}

const maxAnswer = 2 ** 20;
const shownLength = 200;
const rules = { attempts: 3, firstDelay: 250, maxDelay: 2000, sleep };

/** The `data` of an answer; undefined where there is no such thing. @throws TRUST_KMS_REFUSED, TRUST_KMS_BUSY, TRUST_KMS_INVALID, NET_* */
export function askVault(
  settings: VaultSettings,
  access: KmsAccess,
  question: VaultQuestion,
): Promise<ProtoFields | undefined> {
  const { signal } = access;
  return retry(() => askOnce(settings, access, question), { ...rules, ...(signal !== undefined && { signal }) });
}

async function askOnce(settings: VaultSettings, access: KmsAccess, question: VaultQuestion) {
  const { path, body } = question;
  const url = new URL(`${settings.address}/v1/${settings.mount}/${path}`);
  const fetch = await access.fetch();
  const response = await fetch({
    method: body === undefined ? 'GET' : 'PUT',
    url,
    headers: headersOf(settings),
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
    ...(access.signal !== undefined && { signal: access.signal }),
  });
  const { status } = response;
  if (status === 404 || status === 204) {
    await drain(response);
    return status === 404 ? undefined : new ProtoFields({});
  }
  const answer = await readWholeBody(response, url.host, maxAnswer);
  const service = serviceAt(settings);
  if (status === 200) return readAnswer(service, () => dataOf(answer));
  const detail = `status ${status}: ${reasonsOf(answer)}`;
  const isPassing = status === 412 || status === 429 || status >= 500;
  throw trustError(isPassing ? 'TRUST_KMS_BUSY' : 'TRUST_KMS_REFUSED', { data: { service, detail } });
}

function headersOf({ token, namespace }: VaultSettings): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-vault-request': 'true',
    'x-vault-token': token,
    ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
  };
}

/** Whom it is that is asked, for people. */
export function serviceAt({ address }: VaultSettings): string {
  return `Vault at ${new URL(address).host}`;
}

function dataOf(answer: Buffer): ProtoFields {
  const fields = new ProtoFields(parseBoundedJson(answer, maxAnswer));
  return fields.fields('data') ?? new ProtoFields({});
}

/** `errors` of the answer as one line; its text where it has none. */
function reasonsOf(answer: Buffer): string {
  const text = answer.toString('utf8');
  try {
    const errors: unknown = new ProtoFields(parseBoundedJson(answer, maxAnswer)).raw('errors');
    return (Array.isArray(errors) ? errors.join(', ') : text).slice(0, shownLength);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return text.slice(0, shownLength);
  }
}
