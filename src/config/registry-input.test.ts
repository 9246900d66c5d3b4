import { expect, test } from 'vitest';
import { allOptions } from './registry.ts';
import { toRegistryAccess } from './registry-input.ts';
import { resolveOptions } from './resolve.ts';

type Input = Parameters<typeof toRegistryAccess>[1];

function access(flags: Record<string, string>, input: Partial<Input> = {}): ReturnType<typeof toRegistryAccess> {
  const uses = Object.entries(flags).map(([flag, value]) => ({ flag, value }));
  const options = resolveOptions({ options: allOptions, flags: uses, environment: {}, files: [] });
  return toRegistryAccess(options, { environment: {}, ...input });
}

const login = { username: 'me', password: 'hunter2' };
const credential = { kind: 'basic', ...login };

test('a login is for the registry of the image', () => {
  expect(access(login, { references: ['ghcr.io/org/app:1'] }).logins).toEqual([{ registry: 'ghcr.io', credential }]);
  expect(access(login, { references: ['app'] }).logins).toEqual([{ registry: 'docker.io', credential }]);
});

test('and for repositories of databases that were named, not for the usual ones', () => {
  expect(access(login).logins).toEqual([]);
  expect(access({ ...login, 'db-repository': 'registry.example.com/db:2' }).logins).toEqual([
    { registry: 'registry.example.com', credential },
  ]);
});

test('a name that is none gets no login; opening it says more', () => {
  expect(access(login, { references: ['NOT VALID'] }).logins).toEqual([]);
});

test('a token, and a password from elsewhere', () => {
  expect(access({ 'registry-token': 't' }, { references: ['ghcr.io/app'] }).logins).toEqual([
    { registry: 'ghcr.io', credential: { kind: 'bearer', token: 't' } },
  ]);
  expect(access({ username: 'me' }, { references: ['ghcr.io/app'], password: 'hunter2' }).logins).toEqual([
    { registry: 'ghcr.io', credential },
  ]);
});

test.each([{ username: 'me' }, { password: 'x' }])('%j alone is an error', (flags) => {
  expect(() => access(flags)).toThrowCode('CONFIG_CREDENTIALS_UNPAIRED');
});

test('--insecure is for registries that were named', () => {
  expect(access({ insecure: 'true' }, { references: ['registry.example.com:5000/app'] }).insecureHosts).toEqual([
    'registry.example.com:5000',
  ]);
  expect(access({}, { references: ['registry.example.com/app'] }).insecureHosts).toEqual([]);
});

test.each([
  [
    { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a,b' },
    { httpsProxy: 'http://p:1', noProxy: 'a,b' },
  ],
  [{ https_proxy: 'http://q:1', HTTPS_PROXY: 'http://p:1' }, { httpsProxy: 'http://q:1' }],
  [{ http_proxy: 'http://p:1', HTTPS_PROXY: '' }, { httpProxy: 'http://p:1' }],
  [{}, {}],
])('proxies of %j', (environment, proxy) => {
  expect(access({}, { environment }).proxy).toEqual(proxy);
});

test('certificates', () => {
  expect(access({ cacert: '/ca.pem' }).certificateFiles).toEqual(['/ca.pem']);
  expect(access({}).certificateFiles).toBeUndefined();
});

test('endpoints are pairs of addresses, and what is wrong with them is told at once', () => {
  expect(access({}).endpoints).toBeUndefined();
  const flag = 'https://a.test=http://127.0.0.1:1, https://b.test=http://127.0.0.1:2';
  const endpoints = { 'https://a.test': 'http://127.0.0.1:1', 'https://b.test': 'http://127.0.0.1:2' };
  expect(access({ endpoints: flag }).endpoints).toEqual(endpoints);
  expect(() => access({ endpoints: 'https://a.test=127.0.0.1' })).toThrowCode('NET_ENDPOINT_INVALID');
  const twice = 'https://a.test=http://127.0.0.1:1,https://a.test=http://127.0.0.1:2';
  expect(() => access({ endpoints: twice })).toThrow(
    'endpoints: several addresses for https://a.test is not one address',
  );
});
