import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeAuthority } from '../../../testkit/sigstore/authority.ts';
import {
  authorityExtensions,
  extension,
  issueCertificate,
  toPem,
  usageExtension,
} from '../../../testkit/sigstore/certificate.ts';
import { makeCertificateLog } from '../../../testkit/sigstore/certificate-log.ts';
import { makeKey, type TestKeyKind } from '../../../testkit/sigstore/keys.ts';
import { isAppError } from '../../core/index.ts';
import { type Certificate, parseCertificate, parseCertificatesPem } from './certificate.ts';
import { findChains } from './chain.ts';
import { claimsOf } from './claims.ts';
import { subjectNames } from './names.ts';
import { oids } from './oids.ts';

const at = new Date('2026-06-01T12:00:00Z');
const authority = makeAuthority(at);
const root = parseCertificate(authority.root.der);
const intermediate = parseCertificate(authority.intermediate.der);

function chainsOf(leaf: Uint8Array, change: Partial<Parameters<typeof findChains>[0]> = {}): Certificate[][] {
  return findChains({
    leaf: parseCertificate(leaf),
    intermediates: [intermediate],
    roots: [root],
    time: at,
    usage: oids.codeSigning,
    ...change,
  });
}

test('names of all kinds and claims are read', () => {
  const { der } = authority.issue({
    at,
    names: [
      { kind: 'uri', value: 'https://github.com/org/app/.github/workflows/ci.yml@refs/heads/main' },
      { kind: 'email', value: 'a@example.com' },
      { kind: 'dns', value: 'example.com' },
      { kind: 'ip', value: '10.0.0.1' },
      { kind: 'ip', value: '2001:db8:0:0:0:0:0:1' },
      { kind: 'other', value: 'user!example.com' },
    ],
    claims: { 2: 'push', 12: 'https://github.com/org/app' },
  });
  const certificate = parseCertificate(der);
  expect(subjectNames(certificate).map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'uri https://github.com/org/app/.github/workflows/ci.yml@refs/heads/main',
    'email a@example.com',
    'dns example.com',
    'ip 10.0.0.1',
    'ip 2001:db8::1',
    'other user!example.com',
  ]);
  expect(claimsOf(certificate)).toEqual({
    issuerV1: 'https://issuer.example.com',
    issuer: 'https://issuer.example.com',
    githubWorkflowTrigger: 'push',
    sourceRepositoryUri: 'https://github.com/org/app',
  });
  expect(subjectNames(root)).toEqual([]);
});

test.each<TestKeyKind>(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'])('a chain signed by %s', (kind) => {
  const other = makeAuthority(at, kind);
  const found = chainsOf(other.issue({ at }).der, {
    roots: [parseCertificate(other.root.der)],
    intermediates: [intermediate, parseCertificate(other.intermediate.der)],
  });
  expect(found.map((chain) => chain.length)).toEqual([3]);
});

test('every chain is found when authorities share a name', () => {
  const again = issueCertificate({
    key: authority.intermediate.key,
    commonName: 'plimsoll test intermediate',
    issuer: authority.root,
    extensions: authorityExtensions(0),
    notBefore: new Date(at.getTime() - 1000),
    notAfter: new Date(at.getTime() + 1000),
  });
  const stranger = makeAuthority(at).intermediate;
  const intermediates = [stranger, authority.intermediate, again].map(({ der }) => parseCertificate(der));
  expect(chainsOf(authority.issue({ at }).der, { intermediates })).toHaveLength(2);
});

const minute = 60_000;

test.each<[string, () => Certificate[][]]>([
  ['before it is valid', () => chainsOf(authority.issue({ at }).der, { time: new Date(at.getTime() - 1) })],
  ['after it was valid', () => chainsOf(authority.issue({ at }).der, { time: new Date(at.getTime() + 11 * minute) })],
  ['for another usage', () => chainsOf(authority.issue({ at, usage: 'serverAuth' }).der)],
  ['without the authority between', () => chainsOf(authority.issue({ at }).der, { intermediates: [] })],
  [
    'of another root',
    () => chainsOf(authority.issue({ at }).der, { roots: [parseCertificate(makeAuthority(at).root.der)] }),
  ],
  ['of an authority with the same name', () => chainsOf(makeAuthority(at).issue({ at }).der)],
  [
    'with an extension that must be understood',
    () => chainsOf(authority.issue({ at, extensions: [extension('1.2.3', Buffer.from([5, 0]), true)] }).der),
  ],
  [
    'with an extension that cannot be read',
    () => chainsOf(authority.issue({ at, extensions: [extension(oids.basicConstraints, Buffer.from([1]), true)] }).der),
  ],
  [
    'by an authority that names are kept from',
    () => {
      const constrained = issueCertificate({
        key: makeKey(),
        issuer: authority.root,
        commonName: 'constrained',
        extensions: [...authorityExtensions(0), extension(oids.nameConstraints, Buffer.from([0x30, 0]))],
        notBefore: at,
        notAfter: at,
      });
      return chainsOf(issueBy(constrained), { intermediates: [parseCertificate(constrained.der)] });
    },
  ],
  [
    'by a signer that is no authority',
    () => {
      const signer = authority.issue({ at });
      return chainsOf(issueBy(signer), { intermediates: [intermediate, parseCertificate(signer.der)] });
    },
  ],
  [
    'by an authority too far from the root',
    () => {
      const deeper = issueCertificate({
        key: makeKey(),
        issuer: authority.intermediate,
        commonName: 'deeper',
        extensions: authorityExtensions(0),
        notBefore: at,
        notAfter: at,
      });
      return chainsOf(issueBy(deeper), { intermediates: [intermediate, parseCertificate(deeper.der)] });
    },
  ],
  [
    'by an authority for other usages',
    () => {
      const tls = issueCertificate({
        key: makeKey(),
        issuer: authority.root,
        commonName: 'tls',
        extensions: [...authorityExtensions(0), usageExtension('serverAuth')],
        notBefore: at,
        notAfter: at,
      });
      return chainsOf(issueBy(tls), { intermediates: [parseCertificate(tls.der)] });
    },
  ],
])('there is no chain %s', (_, find) => {
  expect(find()).toEqual([]);
});

/** A certificate of a signer, by whoever. */
function issueBy(issuer: Parameters<typeof issueCertificate>[0]['issuer'] & object): Buffer {
  return issueCertificate({
    key: makeKey(),
    issuer,
    extensions: [usageExtension('codeSigning')],
    notBefore: at,
    notAfter: at,
  }).der;
}

test('PEM texts hold several', () => {
  expect(parseCertificatesPem(`x\n${toPem(root.der)}\n${toPem(intermediate.der)}`).map(({ der }) => der)).toEqual([
    root.der,
    intermediate.der,
  ]);
  expect(() => parseCertificatesPem('none')).toThrowCode('TRUST_CERTIFICATE_INVALID');
  expect(() => parseCertificate(Buffer.alloc(70_000))).toThrowCode('TRUST_CERTIFICATE_INVALID');
});

test('changed certificates are refused or lead nowhere, and never crash', () => {
  const { der } = authority.issue({ at, certificateLog: makeCertificateLog() });
  fc.assert(
    fc.property(fc.nat({ max: der.length - 1 }), fc.integer({ min: 1, max: 255 }), fc.boolean(), (place, flip, cut) => {
      const changed = cut ? der.subarray(0, place) : Buffer.from(der);
      if (!cut) changed[place] = (changed[place] ?? 0) ^ flip;
      try {
        const certificate = parseCertificate(changed);
        subjectNames(certificate);
        claimsOf(certificate);
        return chainsOf(changed).length === 0;
      } catch (error) {
        return isAppError(error);
      }
    }),
    { numRuns: 400 },
  );
});
