import { expect, test } from 'vitest';
import { startHttp } from '../../testkit/server.ts';
import { makeFetch } from './fetch.ts';
import { proxyOf } from './proxy-of.ts';

const httpProxy = 'http://proxy.test:3128';

test('by scheme', () => {
  const settings = { httpProxy, httpsProxy: 'http://other.test' };
  expect(proxyOf(new URL('http://a.test/'), settings)).toBe(httpProxy);
  expect(proxyOf(new URL('https://a.test/'), settings)).toBe('http://other.test');
  expect(proxyOf(new URL('https://a.test/'), { httpProxy })).toBeUndefined();
});

test.each([
  ['*', true],
  ['x.test, 127.0.0.1', true],
  ['127.0.0.1:PORT', true],
  ['127.0.0.1:1', false],
  ['127.0.0.0-127.0.0.9', true],
  ['127.0.0.2-127.0.0.9', false],
  ['localhost', false],
  ['', false],
])('NO_PROXY "%s": Node goes around the proxy too: %j', async (list, around) => {
  const host = await startHttp((_, response) => response.end());
  const proxied: string[] = [];
  const proxy = await startHttp((request, response) => {
    proxied.push(request.url ?? '');
    response.end();
  });
  const url = new URL(`http://${host}/`);
  const settings = { httpProxy: `http://${proxy}`, noProxy: list.replace('PORT', url.port) };
  await makeFetch({ proxy: settings })({ method: 'GET', url });
  expect(proxied.length === 0).toBe(around);
  expect(proxyOf(url, settings) === undefined).toBe(around);
});

test.each([
  ['.a.test', 'https://x.a.test/', true],
  ['*.a.test', 'https://x.a.test/', true],
  ['.a.test', 'https://a.test/', false],
  ['a.test:443', 'https://a.test/', true],
  ['A.test', 'https://a.test/', true],
])('NO_PROXY "%s" for %s: %j', (noProxy, url, around) => {
  expect(proxyOf(new URL(url), { httpsProxy: httpProxy, noProxy }) === undefined).toBe(around);
});
