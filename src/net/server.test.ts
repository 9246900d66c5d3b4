import { connect } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import { readAll, recordLog } from '../../testkit/context.ts';
import { type Exchange, type HttpHandler, makeFetch, type RunningServer, serveHttp } from './index.ts';

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

test('who is refused in the middle of a body hears why, and can ask again on the same connection', async () => {
  const { port } = await serve(async ({ url, body }) => {
    if (url.pathname === '/again') return { status: 200, body: 'again' };
    for await (const _ of body) break;
    return { status: 413, body: 'too much' };
  });
  const socket = connect(port, '127.0.0.1');
  const size = 2 ** 21;
  socket.write(`PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`);
  socket.write(Buffer.alloc(size));
  socket.write('GET /again HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const text = (await readAll(socket as AsyncIterable<Buffer>)).toString();
  expect(text.match(/HTTP\/1.1 \d{3}|too much|again/g)).toEqual(['HTTP/1.1 413', 'too much', 'HTTP/1.1 200', 'again']);
});

test('who sends without end what nobody wants is cut off', async () => {
  const { port } = await serve(async () => ({ status: 405 }));
  const socket = connect(port, '127.0.0.1');
  socket.write('PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20), Buffer.from('\r\n')]);
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more).on('error', () => undefined);
  more();
  await new Promise((resolve) => socket.resume().on('close', resolve));
  expect(socket.destroyed).toBe(true);
});

test('a body that ends early ends the connection', async () => {
  const { host } = await serve(async () => ({
    status: 200,
    headers: { 'content-length': '10' },
    body: (async function* () {
      yield Buffer.from('short');
    })(),
  }));
  const response = await makeFetch()({ method: 'GET', url: new URL(`http://${host}/`) });
  await expect(readAll(response.body)).rejects.toThrowCode('NET_CONNECTION_LOST');
});

test('serves https, and refuses what is no certificate', async () => {
  const log = recordLog();
  const { ca, cert, key } = certificates;
  const { host, close } = await serveHttp(async () => ({ status: 200, body: 'safe' }), { log, tls: { cert, key } });
  const fetch = makeFetch({ certificateAuthorities: [ca] });
  const { body } = await fetch({ method: 'GET', url: new URL(`https://${host}/`) });
  expect((await readAll(body)).toString()).toBe('safe');
  await close();
  const bad = serveHttp(async () => ({ status: 200 }), { log, tls: { cert: 'no certificate', key } });
  await expect(bad).rejects.toThrowCode('NET_CERTIFICATE_INVALID');
});

test('tells every exchange at its end, also one that was given up', async () => {
  const exchanges: Exchange[] = [];
  const log = recordLog();
  const { host, port, close } = await serveHttp(
    async ({ url, body }) => {
      if (url.pathname === '/lost') await readAll(body);
      return { status: 201, body: 'ok' };
    },
    { log, onExchange: (exchange) => exchanges.push(exchange) },
  );
  onTestFinished(close);
  const { body } = await makeFetch()({ method: 'POST', url: new URL(`http://${host}/a?b`), body: Buffer.alloc(1000) });
  await readAll(body);
  const socket = connect(port, '127.0.0.1');
  socket.end('PUT /lost HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await new Promise((resolve) => socket.resume().on('close', resolve));
  await vi.waitFor(() => expect(exchanges).toHaveLength(2));
  expect(exchanges).toMatchObject([
    { target: '/a?b', client: '127.0.0.1', status: 201, isComplete: true },
    { target: '/lost', isComplete: false },
  ]);
  expect(exchanges[0]?.bytesReceived).toBeGreaterThan(1000);
  expect(log.lines.map(({ level }) => level)).not.toContain('warn');
});

test('draining lets requests that are under way end, but not for ever, and takes no new ones', async () => {
  const gate = Promise.withResolvers<void>();
  const never = new Promise<void>(() => undefined);
  const { host, drain } = await serveHttp(
    async ({ url }) => {
      await (url.pathname === '/slow' ? gate.promise : never);
      return { status: 200, body: 'done' };
    },
    { log: recordLog() },
  );
  const fetch = makeFetch();
  const slow = fetch({ method: 'GET', url: new URL(`http://${host}/slow`) });
  const stuck = fetch({ method: 'GET', url: new URL(`http://${host}/stuck`) });
  stuck.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const drained = drain(500);
  await expect(fetch({ method: 'GET', url: new URL(`http://${host}/new`) })).rejects.toThrowCode('NET_UNREACHABLE');
  gate.resolve();
  expect((await readAll((await slow).body)).toString()).toBe('done');
  await drained;
  await expect(stuck).rejects.toThrow();
});

test('clients are known by a certificate of the authority, and not for coming back', async () => {
  const { ca, cert, key } = certificates;
  const tls = { cert, key, clientAuthority: ca };
  const { port, close, renew } = await serveHttp(
    async ({ client }) => ({ status: 200, body: `client=${client?.commonName ?? 'unknown'};` }),
    { log: recordLog(), tls },
  );
  onTestFinished(close);
  const ask = async (options: object): Promise<{ text: string; session: Buffer | undefined }> => {
    const socket: TLSSocket = connectTls({ host: '127.0.0.1', port, ca, ...options });
    let session: Buffer | undefined;
    socket.on('session', (made) => {
      session = made;
    });
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const text = (await readAll(socket as AsyncIterable<Buffer>)).toString();
    return { text: /client=(.*);/.exec(text)?.[1] ?? text, session };
  };
  expect((await ask({ cert, key })).text).toBe('localhost');
  const first = await ask({});
  expect([first.text, first.session]).toEqual(['unknown', expect.any(Buffer)]);
  expect((await ask({ session: first.session })).text).toBe('unknown');
  expect(() => renew({ ...tls, cert: 'none' })).toThrowCode('NET_CERTIFICATE_INVALID');
  renew(tls);
  expect((await ask({ cert, key })).text).toBe('localhost');
});
