import { expect, test } from 'vitest';
import { startHttp } from '../../testkit/server.ts';
import type { Fetch, HttpRequest } from '../core/index.ts';
import { drain, followRedirects, isListed, isLoopback, makeFetch, parseRetryAfter, readWholeBody } from './index.ts';

/** Answers each URL with a redirect from the table, or 200. */
function redirecting(table: Record<string, string>, seen: HttpRequest[] = []): Fetch {
  return async (request) => {
    seen.push(request);
    const location = table[request.url.href];
    const body = (async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('body');
    })();
    return { status: location === undefined ? 200 : 307, headers: { location }, body, discard: () => {} };
  };
}

const start: HttpRequest = {
  method: 'GET',
  url: new URL('https://a.test/1'),
  headers: { Authorization: 'Bearer x', cookie: 'y', accept: 'z' },
};

test('credentials stay with the first origin', async () => {
  const seen: HttpRequest[] = [];
  const table = { 'https://a.test/1': '/2', 'https://a.test/2': 'https://b.test/3' };
  const { url } = await followRedirects(redirecting(table, seen), start, { limit: 5 });
  expect(url.href).toBe('https://b.test/3');
  expect(seen.map(({ headers }) => headers)).toEqual([start.headers, start.headers, { accept: 'z' }]);
});

test.each([
  ['a loop', { 'https://a.test/1': 'https://a.test/1' }],
  ['leaving TLS', { 'https://a.test/1': 'http://a.test/1' }],
  ['another scheme', { 'https://a.test/1': 'file:///etc/passwd' }],
  ['credentials in the URL', { 'https://a.test/1': 'https://u:p@a.test/' }],
  ['what is no URL', { 'https://a.test/1': 'https://:bad:' }],
])('%s is refused', async (_, table) => {
  await expect(followRedirects(redirecting(table), start, { limit: 3 })).rejects.toThrowCode('NET_REDIRECT_REFUSED');
});

test('the caller may refuse more', async () => {
  const policy = { limit: 3, refuse: () => 'it is Tuesday' };
  const followed = followRedirects(redirecting({ 'https://a.test/1': '/2' }), start, policy);
  await expect(followed).rejects.toThrow('it is Tuesday');
});

test.each([
  ['127.0.0.1', true],
  ['127.9.8.7', true],
  ['localhost', true],
  ['registry.localhost', true],
  ['[::1]', true],
  ['10.0.0.1', false],
  ['127.0.0.1.example.com', false],
  ['notlocalhost', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test.each([
  ['a.test:5000', ['a.test'], true],
  ['a.test:5000', ['a.test:5000'], true],
  ['A.test', ['a.TEST'], true],
  ['a.test:5000', ['a.test:5001'], false],
  ['b.a.test', ['*.a.test'], true],
  ['a.test', ['*.a.test'], false],
])('%s is in %o: %s', (host, list, expected) => {
  expect(isListed(host, list)).toBe(expected);
});

test.each([
  ['120', 120_000],
  ['Tue, 24 Nov 2026 00:00:30 GMT', 30_000],
  ['Mon, 23 Nov 2026 00:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(parseRetryAfter(header, new Date('2026-11-24T00:00:00Z'))).toBe(expected);
});

test('small bodies are read whole or refused', async () => {
  const host = await startHttp((_, outgoing) => outgoing.end('x'.repeat(100_000)));
  const fetch = makeFetch();
  const get = () => fetch({ method: 'GET', url: new URL(`http://${host}/`) });
  expect(await readWholeBody(await get(), host, 100_000)).toHaveLength(100_000);
  await expect(readWholeBody(await get(), host, 99_999)).rejects.toThrowCode('NET_RESPONSE_TOO_LARGE');
  await drain(await get());
});
