import { expect, test } from 'vitest';
import { makeAuthority } from '../../../testkit/sigstore/authority.ts';
import { makeStack, testTime } from '../../../testkit/sigstore/stack.ts';
import { isWithin } from '../validity.ts';
import { parseSigningConfig, selectServices } from './signing-config.ts';
import { parseTrustedRoot } from './trusted-root.ts';

const stack = makeStack();

/** The trusted root of the stack with one value changed. */
function changed(path: string, value: unknown): string {
  const document = JSON.parse(stack.trustedRoot());
  const names = path.split('.');
  const last = names.pop() ?? '';
  names.reduce((object, name) => object[name], document)[last] = value;
  return JSON.stringify(document);
}

test('logs and authorities are read with their windows, keys and chains', () => {
  const root = parseTrustedRoot(stack.trustedRoot());
  expect(root.logs.map(({ url, key }) => [url, key().key.kind, key().scheme.name])).toEqual([
    ['https://rekor.example.com', 'ecdsa-p256', 'ecdsa'],
    ['https://log2.example.com', 'ed25519', 'ed25519'],
  ]);
  expect(root.certificateLogs[0]?.validity).toEqual({ start: new Date('2020-01-01T00:00:00Z') });
  const [authority] = root.certificateAuthorities;
  expect(authority?.chain().leaf).toBeUndefined();
  expect(authority?.chain().intermediates).toHaveLength(1);
  expect(root.timestampAuthorities[0]?.chain().leaf?.der).toEqual(stack.timestamps.leaf.der);
});

test('a root alone is its own chain', () => {
  const { root } = makeAuthority(testTime);
  const [authority] = parseTrustedRoot(stack.trustedRoot({ authorities: [{ chain: [root] }] })).certificateAuthorities;
  expect(authority?.chain()).toMatchObject({ intermediates: [], root: { der: root.der } });
});

test.each<[string, unknown]>([
  ['mediaType', 'application/json'],
  ['tlogs', {}],
  ['tlogs.0.hashAlgorithm', 'SHA2_512'],
  ['tlogs.0.logId', null],
  ['tlogs.0.publicKey', null],
  ['tlogs.0.publicKey.rawBytes', null],
  ['tlogs.0.publicKey.validFor', null],
  ['ctlogs.0.publicKey.validFor.start', null],
  ['ctlogs.0.publicKey.validFor.start', 'yesterday'],
  ['certificateAuthorities.0.certChain.certificates', []],
])('%s of %j is refused', (path, value) => {
  expect(() => parseTrustedRoot(changed(path, value))).toThrowCode('TRUST_ROOT_INVALID');
});

test('a key or certificate that cannot be read is told when it is asked for', () => {
  const key = (path: string, value: unknown) => () => parseTrustedRoot(changed(path, value)).logs[0]?.key();
  expect(key('tlogs.0.publicKey.keyDetails', 'ML_DSA_65')).toThrowCode('TRUST_KEY_UNSUPPORTED');
  expect(key('tlogs.0.publicKey.keyDetails', 'PKIX_ED25519')).toThrowCode('TRUST_KEY_INVALID');
  expect(key('tlogs.0.publicKey.rawBytes', 'AAAA')).toThrowCode('TRUST_KEY_INVALID');
  const broken = parseTrustedRoot(changed('certificateAuthorities.0.certChain.certificates.0.rawBytes', 'AAAA'));
  expect(() => broken.certificateAuthorities[0]?.chain()).toThrowCode('TRUST_CERTIFICATE_INVALID');
});

test('both ends of a window belong to it', () => {
  const [start, end] = [new Date(1000), new Date(2000)];
  expect([999, 1000, 2000, 2001].map((time) => isWithin({ start, end }, new Date(time)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

const service = (url: string, majorApiVersion: number, operator: string, validFor: object): object => ({
  url,
  majorApiVersion,
  operator,
  validFor,
});
const since = (year: number, end?: number): object => ({
  start: `${year}-01-01T00:00:00Z`,
  ...(end !== undefined && { end: `${end}-01-01T00:00:00Z` }),
});
const config = (change: object = {}): string =>
  JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service('https://fulcio.example.com', 1, 'a', since(2020))],
    oidcUrls: [],
    rekorTlogUrls: [
      service('https://one.example.com', 1, 'a', since(2020)),
      service('https://old.example.com', 2, 'a', since(2021)),
      service('https://new.example.com', 2, 'a', since(2025)),
      service('https://b.example.com', 2, 'b', since(2024)),
      service('https://ended.example.com', 2, 'c', since(2020, 2021)),
      service('https://future.example.com', 3, 'a', since(2020)),
    ],
    tsaUrls: [],
    rekorTlogConfig: { selector: 'EXACT', count: 2 },
    tsaConfig: { selector: 'ANY' },
    ...change,
  });

test('services are the newest of each operator, of the highest version that is known', () => {
  const { logs, logSelection, timestampSelection, timestampAuthorities } = parseSigningConfig(config());
  const choose = (selection: typeof logSelection, versions: readonly number[]): string[] =>
    selectServices(logs, selection, { what: 'logs', versions, time: testTime, pick: () => 1 }).map(({ url }) => url);
  expect(choose(logSelection, [1, 2])).toEqual(['https://new.example.com', 'https://b.example.com']);
  expect(choose({ mode: 'all' }, [2])).toEqual(['https://new.example.com', 'https://b.example.com']);
  expect(choose({ mode: 'any' }, [2])).toEqual(['https://b.example.com']);
  expect(choose({ mode: 'all' }, [1])).toEqual(['https://one.example.com']);
  expect(() => choose({ mode: 'exact', count: 3 }, [1, 2])).toThrowCode('TRUST_SERVICE_MISSING');
  const none = { what: 'timestamps', versions: [1], time: testTime, pick: () => 0 };
  expect(() => selectServices(timestampAuthorities, timestampSelection, none)).toThrowCode('TRUST_SERVICE_MISSING');
});

test.each<object>([
  { mediaType: 'application/json' },
  { caUrls: [{ url: 'no address' }] },
  { caUrls: [{}] },
  { rekorTlogConfig: { selector: 'SOME' } },
  { rekorTlogConfig: { selector: 'EXACT' } },
])('a signing configuration with %j is refused', (change) => {
  expect(() => parseSigningConfig(config(change))).toThrowCode('TRUST_SIGNING_CONFIG_INVALID');
});
