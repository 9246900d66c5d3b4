import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { startRegistry, testToken } from '../../testkit/registry.ts';
import { runProgram } from './run.ts';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command line with logins of its own. */
async function run(
  directory: string,
  args: readonly string[],
  { programName = 'plimsoll', input = '' }: { readonly programName?: string; readonly input?: string } = {},
): Promise<Answer> {
  const host = makeHost(args, {
    programName,
    environment: { HOME: temporaryDirectory(), DOCKER_CONFIG: directory, PATH: `${directory}:${process.env['PATH']}` },
    stdin: async function* () {
      yield Buffer.from(input);
    },
  });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

const crane = { programName: 'crane' };

test('a login is stored, used, printed for other programs and forgotten', async () => {
  const registry = await startRegistry({ auth: { kind: 'basic', username: 'me', password: 'hunter2' } });
  const directory = temporaryDirectory();
  const login = ['login', '--username', 'me', '--password-stdin', registry.host];
  const stored = await run(directory, login, { input: 'hunter2\n' });
  expect([stored.code, stored.stdout]).toEqual([0, '']);
  expect(stored.stderr).not.toContain('hunter2');
  expect(statSync(join(directory, 'config.json')).mode & 0o777).toBe(0o600);
  expect((await run(directory, ['catalog', registry.host])).code).toBe(0);
  const printed = await run(directory, ['auth', 'get'], { ...crane, input: `${registry.host}\n` });
  expect(printed).toEqual({ code: 0, stdout: '{"Username":"me","Secret":"hunter2"}\n', stderr: '' });
  expect((await run(directory, ['logout', registry.host])).code).toBe(0);
  expect(await run(directory, ['auth', 'get', registry.host], crane)).toEqual({
    code: 1,
    stdout: 'credentials not found in native keychain\n',
    stderr: '',
  });
  expect((await run(directory, ['catalog', registry.host])).stderr).toContain('OCI_UNAUTHORIZED');
});

test('a helper keeps the login where there is one', async () => {
  const directory = temporaryDirectory();
  const kept = join(directory, 'kept');
  const helper = join(directory, 'docker-credential-mine');
  writeFileSync(helper, `#!/bin/sh\ncase "$1" in store) cat > '${kept}';; get) cat '${kept}';; esac\n`);
  chmodSync(helper, 0o755);
  writeFileSync(join(directory, 'config.json'), '{"credsStore":"mine"}');
  const { code, stderr } = await run(directory, ['login', '-u', 'me', '-p', 'hunter2', 'reg.example.com']);
  expect([code, stderr]).toEqual([0, expect.stringContaining('docker-credential-mine')]);
  expect(stderr).not.toContain('can be read');
  expect(readFileSync(join(directory, 'config.json'), 'utf8')).not.toContain('auth"');
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ ServerURL: 'reg.example.com', Secret: 'hunter2' });
});

test('what was not given is asked for, not guessed', async () => {
  const directory = temporaryDirectory();
  const empty = await run(directory, ['login', 'reg.example.com']);
  expect(empty).toMatchObject({ code: 1, stderr: expect.stringContaining('username and password required') });
  expect(existsSync(join(directory, 'config.json'))).toBe(false);
  const endless = { input: 'x'.repeat(70_000) };
  expect((await run(directory, ['login', '-u', 'me', '--password-stdin', 'r.test'], endless)).stderr).toContain(
    'CLI_INPUT_TOO_LARGE',
  );
  expect((await run(directory, ['auth', 'get'], { ...crane, ...endless })).code).toBe(1);
  const nowhere = makeHost(['login', '-u', 'me', '-p', 'x', 'r.test'], { environment: {} });
  expect([await runProgram(nowhere), nowhere.stderr.text()]).toEqual([1, expect.stringContaining('OCI_NO_HOME')]);
});

test('identity tokens are printed as helpers do, and registry tokens not at all', async () => {
  const directory = temporaryDirectory();
  const auths = { 'a.test': { identitytoken: 'i' }, 'b.test': { registrytoken: 'r' } };
  writeFileSync(join(directory, 'config.json'), JSON.stringify({ auths }));
  const get = async (name: string): Promise<string> => (await run(directory, ['auth', 'get', name], crane)).stdout;
  expect(await get('a.test')).toBe('{"Username":"\\u003ctoken\\u003e","Secret":"i"}\n');
  expect(await get('https://b.test/')).toBe('{}\n');
});

test('a token of the service that a registry names', async () => {
  const registry = await startRegistry({ auth: { kind: 'token' } });
  const directory = temporaryDirectory();
  const token = ['auth', 'token', '--push', '-m', `${registry.host}/org/base`];
  const { code, stdout } = await run(directory, [...token, `${registry.host}/org/app`], crane);
  expect([code, JSON.parse(stdout)]).toEqual([0, { token: testToken, refresh_token: '', expires_in: 0 }]);
  const asked = registry.seen.find(({ path }) => path.startsWith('/token'));
  expect(new URL(asked?.path ?? '', 'http://localhost').searchParams.getAll('scope')).toEqual([
    'repository:org/app:push,pull',
    'repository:org/base:pull',
  ]);
  const header = await run(directory, ['auth', 'token', '-H', `${registry.host}/org/app`], crane);
  expect(header.stdout).toBe(`Authorization: Bearer ${testToken}`);
  const open = await startRegistry();
  const none = await run(directory, ['auth', 'token', '-v', `${open.host}/org/app`], crane);
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('OCI_NO_TOKENS') });
});
