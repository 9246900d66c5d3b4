import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { startHttp } from '../../testkit/server.ts';
import { json, listen, type ServiceAnswer } from '../../testkit/sigstore/http/answer.ts';
import { type ServedStack, serveStack } from '../../testkit/sigstore/http/serve.ts';
import { statementAbout } from '../../testkit/sigstore/stack.ts';
import { runProgram } from './run.ts';

const artifact = Buffer.from('the artifact');
const user = { sub: 'user', email: 'user@example.com', email_verified: true };

async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const host = makeHost(args, { environment: { HOME: temporaryDirectory(), ...environment } });
  return { code: await runProgram(host), stderr: host.stderr.text() };
}

function workplace(services: ServedStack, log: 'v1' | 'v2' | 'none'): (name: string) => string {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('statement'), JSON.stringify(statementAbout(artifact)));
  writeFileSync(at('root.json'), services.trustedRoot());
  writeFileSync(at('config.json'), services.signingConfig(log));
  return at;
}

test.each([
  ['v1', 'artifact'],
  ['v2', 'artifact'],
  ['v1', 'statement'],
  ['v2', 'statement'],
] as const)('with Rekor %s, a signature over the %s is made and verified', async (log, what) => {
  const services = await serveStack();
  const at = workplace(services, log);
  const trust = ['--bundle', at('bundle.json'), '--trusted-root', at('root.json')];
  const flags = ['--identity-token', services.issuer.issue(user), '--signing-config', at('config.json'), ...trust];
  const inToto = what === 'statement' ? ['--in-toto'] : [];
  expect(await run(['sign-bundle', ...inToto, ...flags, at(what)])).toEqual({ code: 0, stderr: '' });
  expect(services.unanswered).toEqual([]);
  const who = ['--certificate-identity', 'user@example.com', '--certificate-oidc-issuer', services.issuer.url];
  expect(await run(['verify-bundle', ...trust, ...who, at('artifact')])).toEqual({ code: 0, stderr: 'Verified OK\n' });
  const { mediaType, verificationMaterial } = JSON.parse(readFileSync(at('bundle.json'), 'utf8'));
  expect(mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
  expect(Object.keys(verificationMaterial)).toEqual(['certificate', 'tlogEntries', 'timestampVerificationData']);
});

test.each<[string, (services: ServedStack) => string, string]>([
  ['of another audience', ({ issuer }) => issuer.issue({ ...user, aud: 'other' }), 'TRUST_SERVICE_REFUSED'],
  ['that has expired', ({ issuer }) => issuer.issue({ ...user, exp: 1 }), 'TRUST_SERVICE_REFUSED'],
  ['that is none', () => 'a.b.c', 'TRUST_TOKEN_INVALID'],
  ['that is a file which is not there', () => 'token', 'DISK_NOT_FOUND'],
  ['that names nobody', ({ issuer }) => issuer.issue({ email: 'user@example.com' }), 'TRUST_TOKEN_INVALID'],
])('a token %s signs nothing', async (_, token, code) => {
  const services = await serveStack();
  const at = workplace(services, 'v1');
  const flags = [
    '--signing-config',
    at('config.json'),
    '--trusted-root',
    at('root.json'),
    '--bundle',
    at('bundle.json'),
  ];
  const found = await run(['sign-bundle', '--identity-token', token(services), ...flags, at('artifact')]);
  expect(found.code).toBe(1);
  expect(found.stderr).toContain(code);
  expect(() => readFileSync(at('bundle.json'))).toThrow('ENOENT');
});

test('what others would refuse is not written', async () => {
  const services = await serveStack();
  const at = workplace(services, 'v1');
  writeFileSync(at('root.json'), services.trustedRoot({ certificateLogs: [] }));
  const flags = [
    '--signing-config',
    at('config.json'),
    '--trusted-root',
    at('root.json'),
    '--bundle',
    at('bundle.json'),
  ];
  const environment = { SIGSTORE_ID_TOKEN: services.issuer.issue(user) };
  expect((await run(['sign-bundle', ...flags, at('artifact')], environment)).stderr).toContain(
    'VERIFY_CERTIFICATE_LOG',
  );
  expect(() => readFileSync(at('bundle.json'))).toThrow('ENOENT');
});

test('a service that is busy is asked again, and one that talks nonsense is not believed', async () => {
  const services = await serveStack();
  const answers: ServiceAnswer[] = [json(503, {}), json(200, { signedCertificateEmbeddedSct: {} })];
  const url = `http://${await startHttp(listen([() => answers.shift() ?? json(500, {})], []))}`;
  const at = workplace(services, 'v1');
  writeFileSync(
    at('config.json'),
    services.signingConfig('v1').replaceAll(`"url":"${services.url}"`, `"url":"${url}"`),
  );
  const flags = [
    '--signing-config',
    at('config.json'),
    '--trusted-root',
    at('root.json'),
    '--bundle',
    at('bundle.json'),
  ];
  const sign = () => run(['sign-bundle', '--identity-token', services.issuer.issue(user), ...flags, at('artifact')]);
  expect((await sign()).stderr).toContain('TRUST_SERVICE_INVALID');
  expect((await sign()).stderr).toContain('TRUST_SERVICE_BUSY');
});

test('what is missing is told', async () => {
  expect((await run(['sign-bundle', '--bundle', 'b', 'file'])).stderr).toContain('CLI_TOKEN_MISSING');
  expect((await run(['sign-bundle', '--identity-token', 't', 'file'])).stderr).toContain('CLI_BUNDLE_MISSING');
});
