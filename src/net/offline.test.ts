import dgram from 'node:dgram';
import dns from 'node:dns';
import { request } from 'node:http';
import net, { connect } from 'node:net';
import tls from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { startHttp } from '../../testkit/server.ts';
import { goOffline, isOffline, makeFetch } from './index.ts';

test.each<[string, () => unknown]>([
  ['net.connect', () => connect(1, '127.0.0.1')],
  ['net.connect with options', () => net.connect({ host: '127.0.0.1', port: 1 })],
  ['a Unix socket', () => net.connect('/var/run/docker.sock')],
  ['Socket.connect', () => new net.Socket().connect(1)],
  ['tls.connect', () => tls.connect({ host: '127.0.0.1', port: 1 })],
  ['http.request', () => request('http://127.0.0.1:1/').end()],
  ['a listening socket', () => net.createServer().listen(0)],
  ['a UDP socket', () => dgram.createSocket('udp4').bind()],
  ['sending UDP', () => dgram.createSocket('udp4').send('x', 1, '127.0.0.1')],
  ['dns.lookup', () => dns.lookup('localhost', () => {})],
  ['dns.resolve', () => dns.resolve4('localhost', () => {})],
  ['dns.promises', () => dns.promises.lookup('localhost')],
  ['a resolver', () => new dns.Resolver().resolve4('localhost', () => {})],
  ['a resolver with promises', () => new dns.promises.Resolver().resolve4('localhost')],
])('%s is refused while offline', (_, attempt) => {
  onTestFinished(goOffline());
  expect(attempt).toThrowCode('NET_OFFLINE');
});

test("our client and Node's own are refused", async () => {
  const host = await startHttp((_, outgoing) => outgoing.end('x'));
  const back = goOffline();
  expect(isOffline()).toBe(true);
  await expect(makeFetch()({ method: 'GET', url: new URL(`http://${host}/`) })).rejects.toThrowCode('NET_OFFLINE');
  await expect(globalThis.fetch(`http://${host}/`)).rejects.toThrow('fetch failed');
  back();
  expect(isOffline()).toBe(false);
  expect((await makeFetch()({ method: 'GET', url: new URL(`http://${host}/`) })).status).toBe(200);
});
