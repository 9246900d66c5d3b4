import { expect, test } from 'vitest';
import { makeAuthority } from '../../../../../../testkit/sigstore/authority.ts';
import { toPem } from '../../../../../../testkit/sigstore/certificate.ts';
import { search } from '../search.ts';

const at = new Date('2026-06-01T12:00:00Z');
const authority = makeAuthority(at);
const leaf = authority.issue({ at, names: [{ kind: 'email', value: 'a@x.org' }] });
const run = (expression: string, values: object = {}): unknown =>
  search(expression, { now: at, values: values as never });

test('the fields of a certificate are told', () => {
  const found = run('x509_decode(pem)', { pem: toPem(leaf.der) });
  expect(found).toMatchObject({
    Issuer: { CommonName: 'plimsoll test intermediate' },
    Subject: { CommonName: '' },
    NotBefore: '2026-06-01T12:00:00Z',
    NotAfter: '2026-06-01T12:10:00Z',
    IsCA: false,
    EmailAddresses: ['a@x.org'],
    DNSNames: [],
    PublicKeyAlgorithm: 3,
    PublicKey: { Curve: 'P-256' },
  });
  const root = makeAuthority(at, 'rsa').root;
  expect(run('x509_decode(pem).PublicKey.E', { pem: toPem(root.der) })).toBe(65537);
  expect(run('x509_decode(pem).IsCA', { pem: toPem(root.der) })).toBe(true);
});

test.each([
  ['https://8.8.8.8/a', true],
  ['https://10.1.2.3/a', false],
  ['http://127.0.0.1:80/', false],
  ['https://[fd00::1]/', false],
  ['https://[2001:4860:4860::8888]/', true],
])('%s is outside: %s', (url, external) => {
  expect(run('is_external_url(url)', { url })).toBe(external);
});

test.each([
  ["x509_decode('none')", 'no certificate in PEM'],
  ["is_external_url('none')", 'no address'],
  ["is_external_url('https://example.com')", 'the name example.com is not looked up'],
  ["random('[a-z]{5}')", 'left to no chance'],
])('%s has no value', (expression, reason) => {
  expect(() => run(expression)).toThrow(reason);
});
