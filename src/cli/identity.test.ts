import { chmodSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SigningPlace, signingPlace } from '../../testkit/signing.ts';
import { type ServedStack, serveStack } from '../../testkit/sigstore/http/serve.ts';

interface Place extends SigningPlace {
  readonly services: ServedStack;
  readonly flags: readonly string[];
  readonly verify: (email: string) => Promise<number>;
}

async function place(): Promise<Place> {
  const signing = await signingPlace();
  const services = await serveStack();
  writeFileSync(signing.at('root.json'), services.trustedRoot());
  writeFileSync(signing.at('config.json'), services.signingConfig('v1'));
  const trust = ['--trusted-root', 'root.json'];
  const issuer = ['--certificate-oidc-issuer', services.issuer.url];
  const verify: Place['verify'] = async (email) =>
    (await signing.run(['verify', '--certificate-identity', email, ...issuer, ...trust, signing.name])).code;
  return { ...signing, services, verify, flags: ['--signing-config', 'config.json', ...trust, '--yes'] };
}

/** A browser in which a person agrees: a program that goes where it is sent. */
function agreeingBrowser({ at }: Pick<SigningPlace, 'at'>): string {
  const path = at('browser');
  writeFileSync(path, `#!${process.execPath}\nfetch(process.argv[2]).then((answer) => answer.text());\n`);
  chmodSync(path, 0o755);
  return path;
}

const words = (flags: readonly string[], name: string): string[] => ['sign', ...flags, name];

test('on a terminal a browser is opened, and who logs in there is the signer', async () => {
  const { run, flags, name, verify, services, at } = await place();
  services.issuer.user = { sub: 'me', email: 'me@example.com', email_verified: true };
  const environment = { BROWSER: agreeingBrowser({ at }) };
  const ended = await run(words(flags, name), { environment, typeSecret: async () => '' });
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stderr).toContain('Your browser will now be opened to:\nhttp://');
  expect(await verify('me@example.com')).toBe(0);
  expect(await verify('user@example.com')).toBe(1);
  expect(services.unanswered).toEqual([]);
});

test('a person is asked before the own name becomes public, once, unless --yes says so', async () => {
  const { run, flags, name, index, at } = await place();
  const asks = flags.filter((flag) => flag !== '--yes');
  const environment = { BROWSER: agreeingBrowser({ at }) };
  const answering = (answer: string) => ({
    environment,
    typeSecret: async () => '',
    stdin: async function* () {
      yield Buffer.from(`${answer}\n`);
    },
  });
  const declined = await run(words(asks, name), answering('n'));
  expect(declined).toMatchObject({ code: 1, stderr: expect.stringContaining('CLI_DECLINED') });
  expect(declined.stderr).not.toContain('browser');
  const agreed = await run(['sign', ...asks, name, index], answering('y'));
  expect(agreed).toMatchObject({ code: 0 });
  expect(agreed.stderr.split('for ever').length - 1).toBe(1);
});

test('elsewhere a code is told, to be typed into a browser', async () => {
  const { run, flags, name, verify } = await place();
  const ended = await run(words(flags, name));
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stderr).toContain('Enter the verification code USER-CODE in your browser at: ');
  expect(await verify('user@example.com')).toBe(0);
});

test('one login serves for several images, as long as its token is valid', async () => {
  const { run, flags, name, index, services } = await place();
  const logins = async (): Promise<number> => {
    const { code, stderr } = await run(['sign', ...flags, name, index]);
    expect(code).toBe(0);
    return stderr.split('USER-CODE').length - 1;
  };
  expect(await logins()).toBe(1);
  const soon = Math.floor(Date.now() / 1000) + 20;
  services.issuer.user = { ...services.issuer.user, exp: soon };
  expect(await logins()).toBe(2);
});

test('a program logs in with its secret', async () => {
  const { run, flags, name, verify, services, at } = await place();
  writeFileSync(at('secret.txt'), 'hunter2\n');
  services.issuer.rules.secrets['sigstore'] = 'hunter2';
  const login = ['--fulcio-auth-flow=client_credentials', '--oidc-client-secret-file', 'secret.txt'];
  expect(await run(words([...flags, ...login], name))).toMatchObject({ code: 0 });
  expect(await verify('user@example.com')).toBe(0);
  services.issuer.rules.secrets['sigstore'] = 'another';
  const refused = await run(words([...flags, ...login], name));
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_LOGIN_REFUSED') });
  expect(refused.stderr).not.toContain('hunter2');
});

test('a token of the place counts before a login, and a place may be named', async () => {
  const { run, flags, name, verify, services } = await place();
  const token = services.issuer.issue({ sub: 'ci', email: 'ci@example.com', email_verified: true });
  const environment = { SIGSTORE_ID_TOKEN: token };
  expect(await run(words(flags, name), { environment })).toMatchObject({ code: 0 });
  expect(await verify('ci@example.com')).toBe(0);
  const named = words([...flags, '--oidc-provider', 'buildkite-agent'], name);
  const ended = await run(named, { environment });
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_PROVIDER_ABSENT') });
});

test('without a network nobody is asked', async () => {
  const { run, at } = await place();
  writeFileSync(at('file.txt'), 'text');
  const ended = await run(['sign-blob', '--offline', '--bundle', 'out.json', 'file.txt']);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('NET_OFFLINE') });
});
