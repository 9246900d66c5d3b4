import { createHmac, randomBytes } from 'node:crypto';
import { makeTurns } from '../../kit/in-turn.ts';
import type { HttpHandler, ServedRequest, ServedResponse } from '../../net/index.ts';
import { refuse } from './errors.ts';
import type { PasswordHashes } from './htpasswd.ts';

export interface Login {
  readonly name: string;
  readonly password: string;
}

/** What was found out about a login; `busy` when too many wait to be checked. */
type Judgement = 'right' | 'wrong' | 'busy';

/** Checks take time on purpose, and are done one after another. */
const maxWaiting = 32;
const maxRemembered = 1000;

/** Lets only requests through whose Basic login (RFC 7617) is right. */
export function requireLogin(handler: HttpHandler, hashes: PasswordHashes): HttpHandler {
  const judge = makeJudge(hashes);
  return async (request) => {
    const login = loginOf(request);
    const judgement = login === undefined ? 'wrong' : await judge(login);
    if (judgement === 'right') return handler(request);
    return judgement === 'busy' ? tooBusy() : challenge();
  };
}

/** The login that a request claims to have; undefined when it claims none. */
export function loginOf({ headers }: ServedRequest): Login | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]{1,1000})$/i.exec(headers['authorization'] ?? '')?.[1];
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

function makeJudge(hashes: PasswordHashes): (login: Login) => Promise<Judgement> {
  const known = new Set<string>();
  // What is remembered of a password is of no use to who reads the memory of another process.
  const secret = randomBytes(32);
  const inTurn = makeTurns();
  let waiting = 0;
  return async (login) => {
    const key = createHmac('sha256', secret)
      .update(JSON.stringify([login.name, login.password]))
      .digest('base64');
    if (known.has(key)) return 'right';
    if (waiting >= maxWaiting) return 'busy';
    waiting++;
    try {
      if (!(await inTurn('check', () => isRight(hashes, login)))) return 'wrong';
    } finally {
      waiting--;
    }
    if (known.size >= maxRemembered) known.clear();
    known.add(key);
    return 'right';
  };
}

/** Takes as long for a name that does not exist, so that names cannot be found out by time. */
async function isRight(hashes: PasswordHashes, { name, password }: Login): Promise<boolean> {
  const { compare } = await import('bcryptjs');
  const hash = hashes.get(name);
  const [other = ''] = hashes.values();
  const matches = await compare(password, hash ?? other);
  return hash !== undefined && matches;
}

function challenge(): ServedResponse {
  const headers = { 'www-authenticate': 'Basic realm="plimsoll", charset="UTF-8"' };
  return refuse('UNAUTHORIZED', 'a login is needed', { headers });
}

function tooBusy(): ServedResponse {
  return refuse('TOOMANYREQUESTS', 'too many logins are being checked', { headers: { 'retry-after': '2' } });
}
