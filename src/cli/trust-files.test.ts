import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { startHttp } from '../../testkit/server.ts';
import { toPem } from '../../testkit/sigstore/certificate.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
import { makeStack, signBundle } from '../../testkit/sigstore/stack.ts';
import { makeTufRepository } from '../../testkit/sigstore/tuf.ts';
import { formatBundle } from '../envelope/index.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const since = '2020-01-01T00:00:00Z';

async function run(home: string, args: readonly string[], environment: Record<string, string> = {}) {
  const host = makeHost(args, { environment: { HOME: home, ...environment } });
  const code = await runProgram(host);
  return { code, stdout: host.stdout.text(), stderr: host.stderr.text() };
}

/** The certificates and keys of the services of tests, in files. */
function files() {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  const { authority, timestamps, log, log2, certificateLog } = stack;
  writeFileSync(at('ca.pem'), toPem(authority.intermediate.der) + toPem(authority.root.der));
  writeFileSync(at('tsa.pem'), toPem(timestamps.leaf.der) + toPem(timestamps.root.der));
  writeFileSync(at('rekor.pub'), log.key.pem);
  writeFileSync(at('rekor2.pub'), log2.key.pem);
  writeFileSync(at('ctfe.pub'), certificateLog.key.pem);
  const whole = [
    ['--fulcio', `url=https://fulcio.example.com,certificate-chain=${at('ca.pem')},start-time=${since}`],
    ['--rekor', `url=${log.url},public-key=${at('rekor.pub')},start-time=${since}`],
    ['--rekor', `url=${log2.url},public-key=${at('rekor2.pub')},start-time=${since},origin=log2.example.com`],
    ['--ctfe', `url=https://ctfe.example.com,public-key=${at('ctfe.pub')},start-time=${since}`],
    ['--tsa', `url=https://tsa.example.com,certificate-chain=${at('tsa.pem')},start-time=${since}`],
  ].flat();
  return { directory, at, whole };
}

test.each(['v1', 'v2'] as const)('what a trusted root was made of is trusted: Rekor %s', async (log) => {
  const { directory, at, whole } = files();
  const artifact = Buffer.from('the artifact');
  writeFileSync(at('artifact'), artifact);
  writeFileSync(at('bundle.json'), formatBundle(signBundle(stack, { artifact, content: 'message', log }).bundle));
  const made = await run(directory, ['trusted-root', 'create', ...whole, '--out', at('root.json')]);
  expect(made).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(statSync(at('root.json')).mode & 0o777).toBe(0o600);
  const who = ['--certificate-identity', 'user@example.com', '--certificate-oidc-issuer', 'https://issuer.example.com'];
  const verify = ['verify-blob', '--bundle', at('bundle.json'), '--trusted-root', at('root.json'), ...who];
  expect(await run(directory, [...verify, at('artifact')])).toMatchObject({ code: 0, stderr: 'Verified OK\n' });
});

test('a trusted root begins with default services, of the public instance or of the cache, less what is left out', async () => {
  const { directory, at, whole } = files();
  const usual = await run(directory, ['trusted-root', 'create', '--with-default-services', '--no-default-ctfe']);
  const root = JSON.parse(usual.stdout);
  expect(root.tlogs.length).toBeGreaterThan(0);
  expect(root).not.toHaveProperty('ctlogs');
  const signing =
    '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}';
  const repository = makeTufRepository({
    'trusted_root.json': stack.trustedRoot(),
    'signing_config.v0.2.json': signing,
  });
  const mirror = `http://${await startHttp(listen([repository.service('/')], []))}`;
  writeFileSync(at('first.json'), repository.root);
  expect(await run(directory, ['initialize', '--mirror', mirror, '--root', at('first.json')])).toMatchObject({
    code: 0,
  });
  const more = ['trusted-root', 'create', '--with-default-services', ...whole.slice(2, 4)];
  // The log that is given is one of the two in the cache, and replaces it.
  expect(JSON.parse((await run(directory, more)).stdout).tlogs).toHaveLength(2);
  const config = await run(directory, ['signing-config', 'create', '--with-default-services']);
  expect(config.stdout).toBe(`${signing}\n`);
});

test('a signing configuration holds the services that are given, over those of another', async () => {
  const { directory, at } = files();
  const create = (...args: string[]) => run(directory, ['signing-config', 'create', ...args]);
  const service = `url=https://s.example.com,api-version=1,start-time=${since},operator=me`;
  const all = ['--fulcio', service, '--rekor', `${service},end-time=2030-01-01T01:00:00.5+01:00`];
  const selections = ['--rekor-config', 'EXACT:1', '--tsa-config', 'any', '--tsa', service, '--oidc-provider', service];
  expect(await create(...all, ...selections, '--out', at('config.json'))).toMatchObject({ code: 0 });
  const config = JSON.parse(readFileSync(at('config.json'), 'utf8'));
  const given = { url: 'https://s.example.com', majorApiVersion: 1, operator: 'me' };
  expect(config).toMatchObject({ caUrls: [given], oidcUrls: [given], tsaUrls: [given], rekorTlogUrls: [given] });
  expect(config.rekorTlogUrls[0].validFor).toEqual({ start: since, end: '2030-01-01T00:00:00.500Z' });
  expect(config.rekorTlogConfig).toEqual({ selector: 'EXACT', count: 1 });
  const base = ['--base-config', at('config.json'), '--no-default-rekor', '--fulcio', service.replace('=me', '=you')];
  const changed = JSON.parse((await create(...base)).stdout);
  expect(changed.caUrls).toMatchObject([{ operator: 'you' }]);
  expect(changed).toMatchObject({ tsaConfig: { selector: 'ANY' }, rekorTlogConfig: {} });
  expect(changed).not.toHaveProperty('rekorTlogUrls');
  expect((await create()).stdout).toBe(
    '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}\n',
  );
  expect((await create('--with-default-services')).stderr).toContain('TRUST_SPEC_INVALID');
});

test.each<[string, string[], string]>([
  ['trusted-root', ['--fulcio', 'url=x'], "missing or empty required key 'certificate-chain' in fulcio spec"],
  ['trusted-root', ['--fulcio', 'word'], 'parsing fulcio spec: invalid key-value pair: word'],
  ['trusted-root', ['--rekor', 'url=x,public-key=ctfe.pub'], "required key 'start-time' in tlog spec"],
  ['trusted-root', ['--rekor', 'url=x,public-key=ctfe.pub,start-time=now'], 'is no time'],
  [
    'trusted-root',
    ['--tsa', 'url=x,certificate-chain=ca.pem'],
    'first certificate in chain must be a leaf certificate',
  ],
  ['trusted-root', ['--tsa', 'url=x,certificate-chain=none.pem'], 'DISK_NOT_FOUND'],
  ['signing-config', ['--rekor', 'x'], '--rekor-config must be provided when --rekor is specified'],
  ['signing-config', ['--tsa', 'x'], '--tsa-config must be provided when --tsa is specified'],
  ['signing-config', ['--fulcio', 'url=x'], "missing required key 'api-version' in service spec"],
  ['signing-config', ['--fulcio', `url=x,api-version=v,operator=x,start-time=${since}`], 'parsing api-version'],
  ['signing-config', ['--rekor-config', 'SOME'], 'invalid service config mode: SOME'],
  ['signing-config', ['--rekor-config', 'EXACT'], 'mode EXACT requires a count'],
  ['signing-config', ['--rekor-config', 'EXACT:x'], 'invalid count for EXACT mode'],
  ['signing-config', ['--tsa-config', 'ANY:1'], 'mode ANY does not accept a count'],
])('%s create refuses %j', async (command, args, words) => {
  const { directory, at } = files();
  const absolute = args.map((text) => text.replace(/=(\w+\.(?:pem|pub))/, (_, name: string) => `=${at(name)}`));
  const { code, stderr } = await run(directory, [command, 'create', ...absolute]);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});

test('env lists variables, and keeps secrets', async () => {
  const environment = { COSIGN_PASSWORD: 'secret', TUF_ROOT: '/keys', COSIGN_KEY: 'hidden too' };
  const { stdout } = await run('/nowhere', ['cosign', 'env'], environment);
  expect(stdout).toContain('# COSIGN_PASSWORD opens private keys\n');
  expect(stdout).toContain('COSIGN_PASSWORD=******\n');
  expect(stdout).toContain('TUF_ROOT=/keys\n');
  expect(stdout).toContain('COSIGN_KEY=******\n');
  expect(stdout).not.toContain('secret\n');
  const all = await run('/nowhere', ['env', '--show-descriptions=false', '--show-sensitive-values'], environment);
  expect(all.stdout).toContain('COSIGN_PASSWORD=secret\n');
  expect(all.stdout).not.toContain('#');
});
