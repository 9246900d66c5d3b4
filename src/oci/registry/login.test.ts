import { hashSync } from 'bcryptjs';
import { expect, test } from 'vitest';
import { calling } from '../../../testkit/registry-call.ts';
import type { Exchange } from '../../net/index.ts';
import { describeExchange } from './access-log.ts';
import { parseHtpasswd } from './htpasswd.ts';
import { requireLogin } from './login.ts';

const hash = hashSync('hunter2', 4);
const hashes = parseHtpasswd(
  `# people\n\nme:${hash.replace('$2b$', '$2y$')}\r\nyou:${hashSync('a:b', 4)}\n`,
  'htpasswd',
);
const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

function guarded() {
  return calling(requireLogin(async () => ({ status: 200, body: 'inside' }), hashes));
}

test('lets in whose password is right, again without a check', async () => {
  const call = guarded();
  for (const _ of ['checked', 'remembered']) {
    expect((await call('GET /v2/', '', basic('me', 'hunter2'))).text).toBe('inside');
  }
  expect((await call('GET /v2/', '', basic('you', 'a:b'))).text).toBe('inside');
});

test.each([
  ['no login', {}],
  ['another password', basic('me', 'hunter3')],
  ['another user', basic('you', 'hunter2')],
  ['an unknown user', basic('nobody', 'hunter2')],
  ['a token', { authorization: 'Bearer hunter2' }],
  ['no name', basic('', 'hunter2')],
  ['what is no base64', { authorization: 'Basic *' }],
])('%s is not let in', async (_, headers) => {
  const answer = await guarded()('GET /v2/', '', headers);
  expect(answer).toMatchObject({
    status: 401,
    headers: { 'www-authenticate': expect.stringMatching(/^Basic realm=/) },
  });
  expect(JSON.parse(answer.text).errors[0].code).toBe('UNAUTHORIZED');
});

test('guesses are checked one after another, and only so many wait', async () => {
  const call = guarded();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => call('GET /v2/', '', basic('me', `guess ${index}`))),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(32);
  expect(statuses.filter((status) => status === 429)).toHaveLength(8);
});

test.each([
  ['', 'it names nobody'],
  ['me', 'NAME:HASH'],
  [`:${hash}`, 'NAME:HASH'],
  ['me:hunter2', 'bcrypt'],
  ['me:$apr1$x$y', 'bcrypt'],
  [`me:${hash.replace('$04$', '$31$')}`, 'cost'],
])('%j is no list of passwords', (text, reason) => {
  expect(() => parseHtpasswd(text, 'htpasswd')).toThrowCode('OCI_HTPASSWD_INVALID');
  expect(() => parseHtpasswd(text, 'htpasswd')).toThrow(reason);
  expect(() => parseHtpasswd(text, 'htpasswd')).not.toThrow(/hunter2/);
});

test('the log tells who was let in, and no password', () => {
  const headers = basic('me', 'hunter2');
  const exchange: Exchange = {
    request: { method: 'GET', url: new URL('http://localhost/v2/'), headers, body: (async function* () {})() },
    target: '/v2/',
    client: '127.0.0.1',
    status: 200,
    bytesReceived: 1,
    bytesSent: 2,
    milliseconds: 3,
    isComplete: true,
  };
  expect(describeExchange(exchange)).toEqual({
    method: 'GET',
    target: '/v2/',
    status: 200,
    received: 1,
    sent: 2,
    milliseconds: 3,
    client: '127.0.0.1',
    user: 'me',
  });
  const refused = describeExchange({ ...exchange, status: 401, isComplete: false });
  expect(refused).toMatchObject({ broken: true });
  expect(JSON.stringify(refused)).not.toMatch(/"me"|hunter2/);
});
