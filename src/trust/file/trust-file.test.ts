import { expect, test } from 'vitest';
import { isInScope, parseTrustFile } from './trust-file.ts';

test.each([
  [['ghcr.io/org/app'], 'ghcr.io/org/app', true],
  [['ghcr.io/org/app'], 'ghcr.io/org/apps', false],
  [['ghcr.io/org/*'], 'ghcr.io/org/app', true],
  [['ghcr.io/org/*'], 'ghcr.io/org/team/app', false],
  [['ghcr.io/org/**'], 'ghcr.io/org/team/app', true],
  [['ghcr.io/org/**'], 'ghcr.io/org', false],
  [['ghcr.io/org/**'], 'ghcr.io/organisation/app', false],
  [['**'], 'ghcr.io/org/app', true],
  [['*/org/app-*'], 'ghcr.io/org/app-a', true],
  [['*/org/app-*-x'], 'ghcr.io/org/app-x', false],
  [['*/org/a*b*c'], 'ghcr.io/org/a-b-c', true],
  [['*/org/a*bb*c'], 'ghcr.io/org/abc', false],
  [['other', 'ghcr.io/org/app'], 'ghcr.io/org/app', true],
  [['ghcr.io/org/.*'], 'ghcr.io/org/app', false],
])('%j holds of %s: %s', (repositories, repository, is) => {
  expect(isInScope({ repositories }, repository)).toBe(is);
});

test('what names no repository is for everything, and only that is for files', () => {
  expect(isInScope({}, 'ghcr.io/org/app')).toBe(true);
  expect(isInScope({}, undefined)).toBe(true);
  expect(isInScope({ repositories: ['**'] }, undefined)).toBe(false);
});

test('a file is read with its windows', () => {
  const from = '2026-01-01T00:00:00Z';
  const file = parseTrustFile(
    JSON.stringify({
      keys: [{ key: 'a.pub', from, until: '2027-01-01T00:00:00Z', repositories: ['ghcr.io/org/*'] }, { key: 'b.pub' }],
      identities: [{ name: 'user@org.com', issuerPattern: '^https://' }],
      logs: [{ url: 'https://log.example.com', key: 'log.pub', origin: 'log' }],
      timestampAuthorities: [{ url: 'https://tsa.example.com', chain: 'tsa.pem' }],
    }),
  );
  expect(file).toEqual({
    keys: [
      {
        file: 'a.pub',
        validity: { start: new Date(from), end: new Date('2027-01-01T00:00:00Z') },
        repositories: ['ghcr.io/org/*'],
      },
      { file: 'b.pub', validity: { start: new Date(0) } },
    ],
    identities: [{ name: { exact: 'user@org.com' }, issuer: { pattern: '^https://' } }],
    certificateAuthorities: [],
    certificateLogs: [],
    logs: [{ url: 'https://log.example.com', file: 'log.pub', origin: 'log', validity: { start: new Date(0) } }],
    timestampAuthorities: [{ url: 'https://tsa.example.com', file: 'tsa.pem', validity: { start: new Date(0) } }],
  });
});

test.each<[object, string]>([
  [{ key: [] }, 'KIT_JSON_INVALID'],
  [{ keys: [{}] }, 'KIT_JSON_INVALID'],
  [{ keys: [{ key: 'a.pub', to: 'x' }] }, 'KIT_JSON_INVALID'],
  [{ keys: [{ key: 'a.pub', from: 'yesterday' }] }, 'KIT_JSON_INVALID'],
  [{ keys: [{ key: 'a.pub', repositories: [] }] }, 'TRUST_FILE_INVALID'],
  [{ keys: [{ key: 'a.pub', repositories: 'ghcr.io/org' }] }, 'TRUST_FILE_INVALID'],
  [{ identities: [{ name: 'user@org.com' }] }, 'TRUST_FILE_INVALID'],
  [{ identities: [{ issuer: 'https://issuer.example.com' }] }, 'TRUST_FILE_INVALID'],
  [{ logs: [{ key: 'log.pub' }] }, 'KIT_JSON_INVALID'],
])('%j is refused', (document, code) => {
  expect(() => parseTrustFile(JSON.stringify(document))).toThrowCode(code);
});
