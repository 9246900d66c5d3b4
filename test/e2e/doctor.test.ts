import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { sampleImage } from '../../testkit/sample.ts';
import { runCli } from './cli.ts';

async function withLogin(): Promise<TestRegistry> {
  const registry = await startRegistry({ auth: { kind: 'token', username: 'me', password: 'hunter2' } });
  await registry.put('org/app', '1', sampleImage());
  return registry;
}

test('logins, requests and what to do, for people', async () => {
  const { host } = await withLogin();
  const { code, stdout } = await runCli(['doctor', `${host}/org/app:1`]);
  expect(code).toBe(1);
  expect(stdout).toContain('Result      it cannot be had\n');
  expect(stdout).toContain(`Place 1     ${host}/org/app (the registry itself)\n`);
  expect(stdout).toMatch(/Logins {6}\/.*\/\.docker\/config\.json: not there\n/);
  expect(stdout).toContain(`HEAD http://${host}/v2/org/app/manifests/1 without a login: 401,`);
  expect(stdout).toContain('Clock       as the server has it\n');
  expect(stdout).toContain(`Next        1. Log in: \`docker login ${host}\`.`);
});

test('a helper that has the login, as JSON without a secret', async () => {
  const { host } = await withLogin();
  const home = temporaryDirectory();
  const helper = join(home, 'docker-credential-mine');
  writeFileSync(helper, '#!/bin/sh\necho \'{"Username": "me", "Secret": "hunter2"}\'\n');
  chmodSync(helper, 0o755);
  mkdirSync(join(home, 'run/containers'), { recursive: true });
  writeFileSync(join(home, 'config.json'), JSON.stringify({ credHelpers: { [host]: 'mine' } }));
  writeFileSync(join(home, 'bad.json'), '{');
  const environment = {
    DOCKER_CONFIG: home,
    REGISTRY_AUTH_FILE: join(home, 'bad.json'),
    PATH: `${home}:${process.env['PATH']}`,
  };
  const args = ['doctor', '--format', 'json', `${host}/org/app:1`];
  const { code, stdout, stderr } = await runCli(args, { environment });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    digest: sampleImage().manifest.digest,
    places: [
      {
        login: 'basic',
        lookups: [
          { path: join(home, 'config.json'), outcome: 'found', kind: 'basic', helper: 'mine' },
          { path: join(home, 'bad.json'), outcome: 'unasked' },
          { path: expect.stringContaining('.config/containers/auth.json'), outcome: 'unasked' },
        ],
      },
    ],
    advice: [],
  });
  expect(stdout).not.toMatch(/hunter2|bWU6aHVudGVyMg|test-token/);
});

test('a login that is given counts first; a proxy is named without its login', async () => {
  const registry = await withLogin();
  const environment = { HTTP_PROXY: 'http://user:geheim@127.0.0.1:1', NO_PROXY: '127.0.0.1' };
  const args = ['doctor', '--username', 'me', '--password-stdin', `${registry.host}/org/app:1`];
  const direct = await runCli(args, { environment, input: 'hunter2\n' });
  expect(direct).toMatchObject({ code: 0, stdout: expect.stringContaining('Logins      options: a login (basic)\n') });
  expect(direct.stdout).toContain('Proxy       none\n');
  const proxied = await runCli(args, { environment: { ...environment, NO_PROXY: '' }, input: 'hunter2\n' });
  expect(proxied.code).toBe(1);
  expect(proxied.stdout).toContain('Proxy       http://***@127.0.0.1:1\n');
  expect(proxied.stdout + proxied.stderr).not.toContain('geheim');
});

test('what a server says cannot act on the terminal', async () => {
  const registry = await withLogin();
  registry.fail({ match: /manifests/, act: { kind: 'headers', headers: { 'docker-x': 'a\u009b31mb' } } });
  const { stdout } = await runCli(['doctor', `${registry.host}/org/app:1`]);
  expect(stdout).toContain('docker-x: a\\x9b31mb');
});
