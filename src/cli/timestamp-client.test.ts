import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startHttps } from '../../testkit/server.ts';
import { type SigningPlace, signingPlace, writeKeys } from '../../testkit/signing.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
import { timestampService } from '../../testkit/sigstore/http/timestamps.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';
import { parseBundle } from '../envelope/index.ts';

const tls = (name: string): string => join(import.meta.dirname, '../../testkit/tls', `${name}.pem`);
const read = (name: string): string => readFileSync(tls(name), 'utf8');

/** A timestamp authority that wants a certificate of its clients. */
async function workplace() {
  const place = await signingPlace();
  await writeKeys(place, 'own');
  const service = timestampService(makeStack(new Date()).timestamps);
  const host = await startHttps({ cert: read('cert'), key: read('key'), ca: read('ca') }, listen([service], []));
  const sign = (...flags: string[]) => {
    const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
    const server = ['--timestamp-server-url', `https://${host}/api/v1/timestamp`];
    return place.run(['sign', '--key', 'own.key', ...noLog, ...server, ...flags, ...kept, place.name]);
  };
  return { place, sign };
}

const kept = ['--bundle', 'bundle.json', '--upload=false'];
const stamps = ({ at }: SigningPlace) => parseBundle(readFileSync(at('bundle.json'))).timestamps;
const authorities = ['--timestamp-client-cacert', tls('ca')];
const client = ['--timestamp-client-cert', tls('cert'), '--timestamp-client-key', tls('key')];

test('a timestamp server that knows its clients is shown a certificate', async () => {
  const { place, sign } = await workplace();
  expect(await sign(...authorities, ...client)).toMatchObject({ code: 0 });
  expect(stamps(place)).toHaveLength(1);
  expect(await sign(...authorities, ...client, '--timestamp-server-name', 'localhost')).toMatchObject({ code: 0 });
});

test.each([
  ['no certificate', authorities, 'NET_'],
  ['authorities that do not vouch for it', client, 'NET_TLS'],
  ['another name', [...authorities, ...client, '--timestamp-server-name', 'other.example.com'], 'NET_TLS'],
  ['a certificate without its key', client.slice(0, 2), 'CLI_TIMESTAMP_CLIENT'],
])('with %s nothing is signed', async (_, flags, told) => {
  const { sign } = await workplace();
  const { code, stderr } = await sign(...flags);
  expect({ code, told: stderr.includes(told) }, stderr).toEqual({ code: 1, told: true });
});
