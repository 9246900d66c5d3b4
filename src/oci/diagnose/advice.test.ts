import { expect, test } from 'vitest';
import type { TlsReport } from '../../net/index.ts';
import type { CredentialLookup } from '../credentials/stored.ts';
import { advise } from './advice.ts';
import type { PlaceReport } from './diagnose.ts';

const now = new Date('2026-11-24T00:00:00Z');

const place: PlaceReport = { host: 'r.test', repository: 'a', isMirror: false, lookups: [], exchanges: [], tls: [] };

function tls(parts: Partial<TlsReport>, dates: { validFrom?: string; validTo?: string } = {}): TlsReport {
  const certificate = {
    subject: 'CN=r.test',
    issuer: 'CN=authority',
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
    fingerprint: 'AA',
    names: 'DNS:other.test',
    ...dates,
  };
  return { host: 'r.test', trusted: false, chain: [certificate], ...parts };
}

test.each([
  ['CERT_HAS_EXPIRED', 'The certificate of r.test ended at 2027-01-01'],
  ['CERT_NOT_YET_VALID', 'The certificate of r.test begins at 2026-01-01'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'is for other names: DNS:other.test'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate comes from "CN=authority"'],
])('%s: %s', (reason, expected) => {
  const error = { code: 'NET_TLS', message: 'failed', hint: 'Give its certificate.' };
  const advice = advise({ places: [{ ...place, error, tls: [tls({ reason })] }], now });
  expect(advice[0]).toContain(expected);
  const blind = advise({ places: [{ ...place, error, tls: [{ host: 'r.test', ...error }] }], now });
  expect(blind).toEqual(['Look at the certificates of r.test.', 'Give its certificate.']);
});

test('a certificate that ends soon is told while it still works', () => {
  const ending = tls({ trusted: true }, { validTo: '2026-12-01T00:00:00.000Z' });
  expect(advise({ places: [{ ...place, tls: [ending] }], now })).toEqual([
    'The certificate of r.test ends at 2026-12-01T00:00:00.000Z.',
  ]);
  expect(advise({ places: [{ ...place, tls: [tls({ trusted: true })] }], now })).toEqual([]);
});

test('logins that cannot be used are told, once', () => {
  const lookup: CredentialLookup = { path: '/c.json', outcome: 'failed', reason: 'damaged' };
  const places = [
    { ...place, lookups: [lookup] },
    { ...place, lookups: [lookup] },
  ];
  expect(advise({ places, now })).toEqual(['The logins of /c.json cannot be used: damaged.']);
});
