import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makePackage } from '../../../testkit/inventory.ts';
import { loadFixOrders } from './fix-orders.ts';
import { findUpgrades } from './upgrades.ts';

const orders = await loadFixOrders();

function summarize(results: Parameters<typeof findUpgrades>[0]): unknown[] {
  return findUpgrades(results, orders).map(({ name, from, to, findings }) => [name, from, to, findings.length]);
}

test('packages of one source are upgraded together, by the version that was compared', () => {
  const source = { name: 'openssl', version: '3.0.11', release: '1' };
  const [library, program] = ['libssl3', 'openssl'].map((name) => ({ ...makePackage(`${name}@3.0.11`), source }));
  const proof = { bucket: 'debian 12', lookedUp: 'openssl', compared: '3.0.11-1', range: '<3.0.14-1' };
  const findings = [
    makeFinding('CVE-2030-1', library ?? '', { fixedVersion: '3.0.14-1', proof }),
    makeFinding('CVE-2030-2', program ?? '', { fixedVersion: '3.0.13-1', proof }),
  ];
  expect(summarize([makeResult(findings, { type: 'debian' })])).toEqual([['openssl', '3.0.11-1', '3.0.14-1', 2]]);
});

test('most findings first, then the worse, then by name; what has no fix is no upgrade', () => {
  const findings = [
    makeFinding('CVE-2030-1', 'a@1.0.0', { fixedVersion: '1.0.1', severity: 'LOW' }),
    makeFinding('CVE-2030-2', 'b@1.0.0', { fixedVersion: '1.0.1', severity: 'CRITICAL' }),
    makeFinding('CVE-2030-3', 'c@1.0.0', { fixedVersion: '1.0.1', severity: 'LOW' }),
    makeFinding('CVE-2030-4', 'c@1.0.0', { fixedVersion: '1.1.0', severity: 'LOW' }),
    makeFinding('CVE-2030-5', 'd@1.0.0'),
  ];
  expect(summarize([makeResult(findings, { type: 'npm', class: 'lang-pkgs' })])).toEqual([
    ['c', '1.0.0', '1.1.0', 2],
    ['b', '1.0.0', '1.0.1', 1],
    ['a', '1.0.0', '1.0.1', 1],
  ]);
});

test('every distribution and language with advisories has an order', () => {
  expect(
    ['debian', 'alpine', 'redhat', 'jar', 'node-pkg', 'python-pkg', 'gobinary'].filter((type) => !orders(type)),
  ).toEqual([]);
});
