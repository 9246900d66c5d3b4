import { type HttpRequest, isAppError } from '../../core/index.ts';
import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { readWholeBody } from '../../net/index.ts';
import { trustError } from '../errors.ts';
import type { StoreAccess } from './store.ts';

/** A service with an interface of JSON. */
export interface Service {
  /** For people. */
  readonly title: string;
  /** Of the interface, without a slash at the end. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Question {
  readonly method?: HttpRequest['method'];
  readonly path: string;
  readonly body?: Readonly<Record<string, string | boolean>>;
}

const maxAnswer = 2 ** 20;
const shownLength = 200;

/** The answer; undefined where there is no such thing, and no fields where it is empty. @throws TRUST_STORE_REFUSED, TRUST_STORE_INVALID, NET_* */
export async function ask(
  { title, address, headers }: Service,
  { method = 'GET', path, body }: Question,
  { fetch: open, signal }: StoreAccess,
): Promise<ProtoFields | undefined> {
  const fetch = await open();
  const url = new URL(`${address}/${path}`);
  const response = await fetch({
    method,
    url,
    headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'plimsoll', ...headers },
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
    ...(signal !== undefined && { signal }),
  });
  const answer = await readWholeBody(response, url.host, maxAnswer);
  const { status } = response;
  if (status === 404) return undefined;
  const service = `${title} at ${url.host}`;
  if (status >= 200 && status < 300) {
    return readAnswer(service, () => new ProtoFields(answer.length === 0 ? {} : parseBoundedJson(answer, maxAnswer)));
  }
  const detail = `status ${status}: ${answer.toString('utf8').slice(0, shownLength)}`;
  throw trustError('TRUST_STORE_REFUSED', { data: { service, detail } });
}

/** What is not as it should be is the service's fault. @throws TRUST_STORE_INVALID */
export function readAnswer<T>(service: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw trustError('TRUST_STORE_INVALID', { data: { service, reason: error.message } });
  }
}

/** The address that a variable names, without a slash at the end. @throws TRUST_STORE_SETTING */
export function addressIn({ environment }: StoreAccess, variable: string, usual: string): string {
  const told = environment[variable];
  if (!told) return usual;
  const text = told.includes('://') ? told : `https://${told}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw trustError('TRUST_STORE_SETTING', { data: { variable, problem: 'is no address of https:// or http://' } });
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The token that a variable holds. @throws TRUST_STORE_SETTING */
export function tokenIn({ environment }: StoreAccess, variable: string): string {
  const token = environment[variable];
  if (!token) throw trustError('TRUST_STORE_SETTING', { data: { variable, problem: 'is not set' } });
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw trustError('TRUST_STORE_SETTING', { data: { variable, problem: 'is no token' } });
}

/** Names of what jobs are given. */
export const variables = {
  password: 'COSIGN_PASSWORD',
  privateKey: 'COSIGN_PRIVATE_KEY',
  publicKey: 'COSIGN_PUBLIC_KEY',
} as const;
