import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { retry } from '../../kit/retry.ts';
import { sleep } from '../../kit/sleep.ts';
import { readWholeBody } from '../../net/index.ts';
import { trustError } from '../errors.ts';
import { readAnswer } from './answer.ts';
import type { KmsAccess } from './scheme.ts';

/** A system with an interface of JSON that is shown a token. */
export interface RestSystem {
  /** For people. */
  readonly title: string;
  readonly access: KmsAccess;
  /** Asked for once. */
  readonly token: () => Promise<string>;
}

const maxAnswer = 2 ** 20;
const shownLength = 200;
const rules = { attempts: 3, firstDelay: 250, maxDelay: 2000, sleep };

/** The answer; undefined where there is no such thing. A body makes it a POST. @throws TRUST_KMS_REFUSED, TRUST_KMS_BUSY, TRUST_KMS_INVALID, NET_* */
export function askSystem(system: RestSystem, url: URL, body?: object): Promise<ProtoFields | undefined> {
  const { signal } = system.access;
  return retry(() => askOnce(system, url, body), { ...rules, ...(signal !== undefined && { signal }) });
}

async function askOnce({ title, access, token }: RestSystem, url: URL, body: object | undefined) {
  const headers = { authorization: `Bearer ${await token()}`, accept: 'application/json' };
  const fetch = await access.fetch();
  const response = await fetch({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
    ...(access.signal !== undefined && { signal: access.signal }),
  });
  const { status } = response;
  const answer = await readWholeBody(response, url.host, maxAnswer);
  if (status === 404) return undefined;
  if (status === 200) return readAnswer(title, () => new ProtoFields(parseBoundedJson(answer, maxAnswer)));
  const detail = `status ${status}: ${answer.toString('utf8').slice(0, shownLength)}`;
  const isPassing = status === 429 || status >= 500;
  throw trustError(isPassing ? 'TRUST_KMS_BUSY' : 'TRUST_KMS_REFUSED', { data: { service: title, detail } });
}
