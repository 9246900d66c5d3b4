import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import { startHttp, startHttps, startTcp } from '../../testkit/server.ts';
import { type FetchOptions, goOffline, inspectTls, type TlsReport } from './index.ts';

const { ca, cert, key } = certificates;

function inspect(host: string, options?: FetchOptions): Promise<TlsReport> {
  return inspectTls(new URL(`https://${host}/v2/`), options);
}

test('a server that an authority vouches for', async () => {
  const seen: string[] = [];
  const host = await startHttps({ cert, key }, (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.end();
  });
  const report = await inspect(host, { certificateAuthorities: [ca] });
  expect(report).toEqual({
    host,
    protocol: 'TLSv1.3',
    trusted: true,
    chain: [
      {
        subject: 'CN=localhost',
        issuer: 'CN=plimsoll test authority',
        validFrom: '2026-11-24T03:37:42.000Z',
        validTo: '2126-10-31T03:37:42.000Z',
        fingerprint: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
        names: 'DNS:localhost, IP Address:127.0.0.1',
      },
      expect.objectContaining({ subject: 'CN=plimsoll test authority' }),
    ],
  });
  expect(seen).toEqual(['HEAD /v2/ undefined']);
});

test('a server that nobody vouches for is looked at all the same', async () => {
  const host = await startHttps({ cert, key }, (_, response) => response.end());
  const report = await inspect(host);
  expect(report).toMatchObject({ trusted: false, reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  expect(report.chain[0]?.issuer).toBe('CN=plimsoll test authority');
});

/** A proxy that leads every name to one server. */
function startProxy(target: string): Promise<string> {
  return startTcp((socket) => {
    socket.once('data', () => {
      const upstream = connect(Number(target.split(':')[1]), '127.0.0.1');
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
  });
}

test('a certificate for other names, seen through a proxy', async () => {
  const host = await startHttps({ cert, key }, (_, response) => response.end());
  const httpsProxy = `http://${await startProxy(host)}`;
  const options = { certificateAuthorities: [ca], proxy: { httpsProxy } };
  expect(await inspect('localhost', options)).toMatchObject({ trusted: true });
  const report = await inspect('registry.test', options);
  expect(report).toMatchObject({ host: 'registry.test', trusted: false, reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('servers that do not speak TLS, hang up, may not be asked or must not be', async () => {
  const plain = await startHttp((_, response) => response.end());
  await expect(inspect(plain)).rejects.toMatchObject({ code: 'NET_NOT_TLS' });
  const silent = await startTcp((socket) => socket.destroy());
  await expect(inspect(silent)).rejects.toMatchObject({ code: 'NET_UNREACHABLE' });
  await expect(inspect(plain, { allowedHosts: ['x.test'] })).rejects.toMatchObject({ code: 'NET_HOST_NOT_ALLOWED' });
  const goOnline = goOffline();
  try {
    await expect(inspect(plain)).rejects.toMatchObject({ code: 'NET_OFFLINE' });
  } finally {
    goOnline();
  }
});
