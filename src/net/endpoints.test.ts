import { expect, test } from 'vitest';
import { startHttp } from '../../testkit/server.ts';
import type { HttpRequest } from '../core/index.ts';
import { followRedirects, goOffline, makeFetch, makeRouter, readWholeBody } from './index.ts';

const endpoints = {
  'https://fulcio.example.com': 'http://127.0.0.1:5555',
  'https://tuf.example.com/v2/': 'https://mirror.example.com/tuf/',
  'https://tuf.example.com': 'https://rest.example.com',
  'bare.example.com': 'http://127.0.0.1:7777/bare',
};

test.each([
  ['https://fulcio.example.com/api/v2/signingCert', 'http://127.0.0.1:5555/api/v2/signingCert'],
  ['https://fulcio.example.com', 'http://127.0.0.1:5555/'],
  ['https://FULCIO.example.com:443/a?b=c%20d', 'http://127.0.0.1:5555/a?b=c%20d'],
  ['https://tuf.example.com/v2/root.json', 'https://mirror.example.com/tuf/root.json'],
  ['https://tuf.example.com/v2', 'https://mirror.example.com/tuf'],
  ['https://tuf.example.com/v21', 'https://rest.example.com/v21'],
  ['http://bare.example.com/x', 'http://127.0.0.1:7777/bare/x'],
  ['https://bare.example.com/x', 'http://127.0.0.1:7777/bare/x'],
  ['http://fulcio.example.com/', 'http://fulcio.example.com/'],
  ['https://fulcio.example.com:8443/', 'https://fulcio.example.com:8443/'],
  ['https://a.fulcio.example.com/', 'https://a.fulcio.example.com/'],
])('%s is asked at %s', (asked, contacted) => {
  expect(makeRouter(endpoints)(new URL(asked)).href).toBe(contacted);
});

test('a rule counts once: what it leads to is no beginning of another', () => {
  const router = makeRouter({ 'https://a.test': 'https://b.test', 'https://b.test': 'https://c.test' });
  expect(router(new URL('https://a.test/1')).href).toBe('https://b.test/1');
});

test.each([
  ['https://a.test', 'b.test'],
  ['https://a.test', 'ftp://b.test'],
  ['unix:///a', 'http://b.test'],
  ['https://:bad:', 'http://b.test'],
  ['https://a.test?x', 'http://b.test'],
  ['https://a.test', 'http://b.test/#x'],
  ['https://a.test', 'http://user:secret@b.test'],
])('%s to %s is refused', (from, to) => {
  expect(() => makeRouter({ [from]: to })).toThrowCode('NET_ENDPOINT_INVALID');
});

function get(href: string): HttpRequest {
  return { method: 'GET', url: new URL(href), headers: { authorization: 'Bearer x' } };
}

test('requests go to the other address, and the answer says so', async () => {
  const host = await startHttp(({ url, headers }, outgoing) => outgoing.end(`${headers.host} ${url}`));
  const fetch = makeFetch({ endpoints: { 'https://a.test': `http://${host}/stand-in` } });
  const response = await fetch(get('https://a.test/x?y=1'));
  expect(String(await readWholeBody(response, host, 100))).toBe(`${host} /stand-in/x?y=1`);
  expect(response.url?.href).toBe(`http://${host}/stand-in/x?y=1`);
});

test('what is allowed is judged by the host that is contacted', async () => {
  const host = await startHttp((_, outgoing) => outgoing.end());
  const rules = { 'https://a.test': `http://${host}` };
  expect((await makeFetch({ endpoints: rules, allowedHosts: [host] })(get('https://a.test/'))).status).toBe(200);
  const named = makeFetch({ endpoints: rules, allowedHosts: ['a.test'] });
  await expect(named(get('https://a.test/'))).rejects.toThrowCode('NET_HOST_NOT_ALLOWED');
  const goOnline = goOffline();
  await expect(makeFetch({ endpoints: rules })(get('https://a.test/'))).rejects.toThrow(host);
  goOnline();
});

test('redirects of who stands in are its own, and may lead to another endpoint', async () => {
  const seen: (string | undefined)[] = [];
  const host = await startHttp(({ url, headers }, outgoing) => {
    seen.push(`${url} ${headers.authorization ?? 'nobody'}`);
    const next: Record<string, string> = { '/1': '/2', '/2': `http://${host}/3`, '/3': 'http://b.test/4' };
    const location = next[url ?? ''];
    outgoing.writeHead(location === undefined ? 200 : 302, location === undefined ? {} : { location }).end();
  });
  const fetch = makeFetch({ endpoints: { 'https://a.test': `http://${host}`, 'http://b.test': `http://${host}/b` } });
  const { url } = await followRedirects(fetch, get('https://a.test/1'), { limit: 5 });
  expect(url.href).toBe(`http://${host}/b/4`);
  expect(seen).toEqual(['/1 Bearer x', '/2 Bearer x', '/3 Bearer x', '/b/4 nobody']);
});

test('a redirect that is refused is told of who sent it', async () => {
  const host = await startHttp((_, outgoing) => outgoing.writeHead(302, { location: 'ftp://b.test' }).end());
  const fetch = makeFetch({ endpoints: { 'https://a.test': `http://${host}` } });
  const asked = followRedirects(fetch, get('https://a.test/1'), { limit: 5 });
  await expect(asked).rejects.toThrow(`${host} redirects to`);
});
