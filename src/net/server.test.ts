import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readAll, recordLog } from '../../testkit/context.ts';
import { type HttpHandler, makeFetch, type RunningServer, serveHttp } from './index.ts';

async function serve(handler: HttpHandler, log = recordLog()): Promise<RunningServer> {
  const server = await serveHttp(handler, { log });
  onTestFinished(() => server.close());
  return server;
}

test('answers on loopback with strings, bytes and streams', async () => {
  const { host } = await serve(async ({ method, url, headers, body }) => {
    if (url.pathname === '/stream') return { status: 200, body: body as AsyncIterable<Uint8Array> };
    if (url.pathname === '/bytes') return { status: 201, body: Buffer.from([1, 2]) };
    return { status: 200, headers: { 'x-a': 'b' }, body: `${method} ${url.search} ${headers['x-c']}` };
  });
  expect(host).toMatch(/^127\.0\.0\.1:\d+$/);
  const fetch = makeFetch();
  const text = await fetch({ method: 'GET', url: new URL(`http://${host}/?q=1`), headers: { 'x-c': 'd' } });
  expect((await readAll(text.body)).toString()).toBe('GET ?q=1 d');
  expect(text.headers['x-a']).toBe('b');
  const bytes = await fetch({ method: 'GET', url: new URL(`http://${host}/bytes`) });
  expect([bytes.status, await readAll(bytes.body)]).toEqual([201, Buffer.from([1, 2])]);
  const stream = await fetch({ method: 'POST', url: new URL(`http://${host}/stream`), body: Buffer.from('echo') });
  expect((await readAll(stream.body)).toString()).toBe('echo');
  const head = await fetch({ method: 'HEAD', url: new URL(`http://${host}/bytes`) });
  expect([head.headers['content-length'], await readAll(head.body)]).toEqual(['2', Buffer.alloc(0)]);
});

test('a handler that throws gives a bare 500 and a line in the log', async () => {
  const log = recordLog();
  const { host } = await serve(async () => Promise.reject(new RangeError('secret detail')), log);
  const response = await makeFetch()({ method: 'GET', url: new URL(`http://${host}/`) }).catch(
    (error: unknown) => error,
  );
  expect(JSON.stringify(response)).not.toContain('secret detail');
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { reason: 'secret detail' } }]);
});

test('a request line that is no URL is answered', async () => {
  const { port } = await serve(async ({ url }) => ({ status: 200, body: url.pathname }));
  const socket = connect(port, '127.0.0.1');
  socket.end('GET http://[bad HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect((await readAll(socket as AsyncIterable<Buffer>)).toString()).toMatch(/^HTTP\/1.1 \d{3} /);
});

test('a port that is taken gives a coded error', async () => {
  const { port } = await serve(async () => ({ status: 200 }));
  const log = recordLog();
  await expect(serveHttp(async () => ({ status: 200 }), { port, log })).rejects.toThrowCode('NET_LISTEN_FAILED');
});
