import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import { readAll } from '../../testkit/context.ts';
import { startHttp, startHttps, startTcp } from '../../testkit/server.ts';
import type { HttpRequest } from '../core/index.ts';
import { type FetchOptions, makeFetch } from './index.ts';

const { ca, cert, key } = certificates;

function get(
  host: string,
  options: FetchOptions = {},
  request: Partial<HttpRequest> = {},
): ReturnType<ReturnType<typeof makeFetch>> {
  return makeFetch(options)({ method: 'GET', url: new URL(`http://${host}/`), ...request });
}

function lengthOf(bytes: Buffer, kind: string): Record<string, string> {
  return kind === 'chunked' ? {} : { 'content-length': String(bytes.length) };
}

function echo(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const parts: Buffer[] = [];
  incoming.on('data', (part: Buffer) => parts.push(part));
  incoming.on('end', () => {
    const { method, url, headers } = incoming;
    outgoing.end(JSON.stringify({ method, url, headers, body: Buffer.concat(parts).toString() }));
  });
}

async function asJson(response: { body: AsyncIterable<Uint8Array> }): Promise<Record<string, unknown>> {
  return JSON.parse((await readAll(response.body)).toString()) as Record<string, unknown>;
}

test('sends method, headers and body, and gives back status, headers and body', async () => {
  const host = await startHttp((incoming, outgoing) => {
    outgoing.writeHead(207, { 'x-one': 'a', 'set-cookie': ['b=1', 'c=2'] });
    echo(incoming, outgoing);
  });
  const response = await get(
    host,
    { userAgent: 'test/1' },
    { method: 'PUT', headers: { 'x-two': 'z' }, body: Buffer.from('hello') },
  );
  expect(response.status).toBe(207);
  expect(response.headers).toMatchObject({ 'x-one': 'a', 'set-cookie': 'b=1, c=2' });
  expect(await asJson(response)).toMatchObject({
    method: 'PUT',
    body: 'hello',
    headers: { 'user-agent': 'test/1', 'x-two': 'z', 'content-length': '5', 'accept-encoding': 'identity' },
  });
});

test.each(['chunked', 'of known length'])('a slow reader gets each byte of a long body that is %s', async (kind) => {
  const bytes = Buffer.from(Uint32Array.from({ length: 2 ** 19 }, (_, index) => index * 2_654_435_761).buffer);
  const hosts = [
    await startHttp((_, outgoing) => outgoing.writeHead(200, lengthOf(bytes, kind)).end(bytes)),
    await startHttps({ cert, key }, (_, outgoing) => outgoing.writeHead(200, lengthOf(bytes, kind)).end(bytes)),
  ] as const;
  const fetch = makeFetch({ certificateAuthorities: [ca] });
  const urls = [`http://${hosts[0]}/`, `https://${hosts[1]}/`].flatMap((url) => [url, url]);
  const bodies = urls.map(async (url) => {
    const hash = createHash('sha256');
    for await (const chunk of (await fetch({ method: 'GET', url: new URL(url) })).body) {
      await setImmediate();
      hash.update(chunk);
    }
    return hash.digest('hex');
  });
  expect(new Set(await Promise.all(bodies))).toEqual(new Set([createHash('sha256').update(bytes).digest('hex')]));
});

test('streams a body', async () => {
  const host = await startHttp(echo);
  const body = async function* (): AsyncGenerator<Uint8Array> {
    const shared = Buffer.alloc(3);
    for (const text of ['abc', 'def']) {
      shared.write(text);
      yield shared;
    }
  };
  expect(await asJson(await get(host, {}, { method: 'POST', body: body() }))).toMatchObject({ body: 'abcdef' });
});

test('a body that fails ends the request with its error', async () => {
  const host = await startHttp(echo);
  const body = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
    throw new RangeError('the file went away');
  };
  await expect(get(host, {}, { method: 'POST', body: body() })).rejects.toThrow('the file went away');
});

test('uses a connection again', async () => {
  const ports = new Set<number | undefined>();
  const host = await startHttp((incoming, outgoing) => {
    ports.add(incoming.socket.remotePort);
    outgoing.end('x');
  });
  const fetch = makeFetch();
  for (let count = 0; count < 3; count++)
    await readAll((await fetch({ method: 'GET', url: new URL(`http://${host}/`) })).body);
  expect(ports.size).toBe(1);
});

test.each<[string, string, FetchOptions]>([
  ['a closed port', 'NET_UNREACHABLE', {}],
  [
    'a host that is not allowed',
    'NET_HOST_NOT_ALLOWED',
    { allowedHosts: ['example.com', '*.example.com', '127.0.0.1:2'] },
  ],
])('%s gives %s', async (_, code, options) => {
  await expect(get('127.0.0.1:1', options)).rejects.toThrowCode(code);
});

test('an allowed host is contacted', async () => {
  const host = await startHttp((_, outgoing) => outgoing.end());
  expect((await get(host, { allowedHosts: ['127.0.0.1'] })).status).toBe(200);
});

test('an answer that is not HTTP gives NET_PROTOCOL', async () => {
  const host = await startTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
  await expect(get(host)).rejects.toThrowCode('NET_PROTOCOL');
});

test('a connection that ends without an answer gives NET_UNREACHABLE', async () => {
  const host = await startTcp((socket) => socket.once('data', () => socket.destroy()));
  await expect(get(host)).rejects.toThrowCode('NET_UNREACHABLE');
});

test('a body shorter than announced gives NET_CONNECTION_LOST', async () => {
  const host = await startHttp((_, outgoing) => {
    outgoing.writeHead(200, { 'content-length': '100' });
    outgoing.write('short', () => outgoing.destroy());
  });
  const { body } = await get(host);
  await expect(readAll(body)).rejects.toThrowCode('NET_CONNECTION_LOST');
});

test('silence gives NET_TIMEOUT, before the answer and in the middle of it', async () => {
  const silent = await startHttp(() => {});
  await expect(get(silent, { idleTimeout: 50 })).rejects.toThrowCode('NET_TIMEOUT');
  const stalled = await startHttp((_, outgoing) => void outgoing.writeHead(200).write('x'));
  const { body } = await get(stalled, { idleTimeout: 50 });
  await expect(readAll(body)).rejects.toThrowCode('NET_TIMEOUT');
});

test('a TLS handshake that never ends gives NET_TIMEOUT', async () => {
  const host = await startTcp(() => {});
  const request = makeFetch({ connectTimeout: 50 })({ method: 'GET', url: new URL(`https://${host}/`) });
  await expect(request).rejects.toThrowCode('NET_TIMEOUT');
});

test('an endless body gives NET_RESPONSE_TOO_LARGE', async () => {
  const host = await startHttp((_, outgoing) => {
    const more = (): void => {
      while (!outgoing.destroyed && outgoing.write(Buffer.alloc(65_536)));
    };
    outgoing.on('drain', more);
    more();
  });
  const { body } = await get(host, { maxResponseSize: 1_000_000 });
  await expect(readAll(body)).rejects.toThrowCode('NET_RESPONSE_TOO_LARGE');
});

test('a signal ends a request with its own reason', async () => {
  const host = await startHttp(() => {});
  await expect(get(host, {}, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
  const later = new AbortController();
  const pending = get(host, {}, { signal: later.signal });
  later.abort('now');
  await expect(pending).rejects.toBe('now');
});

test('TLS is checked, against added authorities too, unless the host is listed as insecure', async () => {
  const host = await startHttps({ cert, key }, (_, outgoing) => outgoing.end('ok'));
  const url = new URL(`https://${host}/`);
  await expect(makeFetch()({ method: 'GET', url })).rejects.toThrowCode('NET_TLS');
  expect((await makeFetch({ certificateAuthorities: [ca] })({ method: 'GET', url })).status).toBe(200);
  expect((await makeFetch({ insecureHosts: ['127.0.0.1'] })({ method: 'GET', url })).status).toBe(200);
  await expect(makeFetch({ insecureHosts: ['127.0.0.2'] })({ method: 'GET', url })).rejects.toThrowCode('NET_TLS');
});

test('a client certificate goes to its host', async () => {
  const host = await startHttps({ cert, key, ca }, (_, outgoing) => outgoing.end('ok'));
  const url = new URL(`https://${host}/`);
  const clientCertificates = { '127.0.0.1': { certificate: cert, key } };
  const fetch = makeFetch({ certificateAuthorities: [ca], clientCertificates });
  expect((await fetch({ method: 'GET', url })).status).toBe(200);
  await expect(makeFetch({ certificateAuthorities: [ca] })({ method: 'GET', url })).rejects.toThrow();
});

test('TLS to a plain port gives NET_NOT_TLS', async () => {
  const host = await startHttp((_, outgoing) => outgoing.end());
  await expect(makeFetch()({ method: 'GET', url: new URL(`https://${host}/`) })).rejects.toThrowCode('NET_NOT_TLS');
});

test('a proxy is used, except for hosts that are excepted', async () => {
  const seen: (string | undefined)[] = [];
  const proxy = await startHttp((incoming, outgoing) => {
    seen.push(incoming.url);
    outgoing.end('from the proxy');
  });
  const target = await startHttp((_, outgoing) => outgoing.end('from the target'));
  const settings = { httpProxy: `http://${proxy}` };
  expect((await readAll((await get(target, { proxy: settings })).body)).toString()).toBe('from the proxy');
  expect(seen).toEqual([`http://${target}/`]);
  const direct = await get(target, { proxy: { ...settings, noProxy: '127.0.0.1' } });
  expect((await readAll(direct.body)).toString()).toBe('from the target');
});
