import { describe, expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makePackage } from '../../../testkit/inventory.ts';
import { makeDigest } from '../../../testkit/report.ts';
import { makeBom, makeFullBom } from '../../../testkit/sbom.ts';
import type { Result } from '../../core/index.ts';
import type { Bom } from '../model.ts';

const os = { family: 'rocky', name: '9.2' };

function system(...packages: readonly ReturnType<typeof makePackage>[]): Result {
  return { target: 'x', class: 'os-pkgs', type: 'rocky', packages, findings: [] };
}

/** Names that lead to names, `>` for what contains, `->` for what depends. */
function edges({ subject, components, relations }: Bom): string[] {
  const names = new Map(
    [...(subject === undefined ? [] : [subject]), ...components].map(({ ref, name }) => [ref, name]),
  );
  return relations.map(
    ({ from, to, kind }) => `${names.get(from)} ${kind === 'contains' ? '>' : '->'} ${names.get(to)}`,
  );
}

test('the subject holds the OS, which holds what nothing else needs', () => {
  const bom = makeBom([system(makePackage('a@1', { dependsOn: ['b@1', 'b@1', 'a@1', 'gone'] }), makePackage('b@1'))], {
    os,
  });
  expect(edges(bom)).toEqual(['app:1 > rocky', 'rocky > a', 'a -> b']);
});

test('of packages that need each other in a ring one is held', () => {
  const bom = makeBom(
    [system(makePackage('a@1', { dependsOn: ['b@1'] }), makePackage('b@1', { dependsOn: ['a@1'] }))],
    { os },
  );
  expect(edges(bom)).toEqual(['app:1 > rocky', 'rocky > a', 'a -> b', 'b -> a']);
});

test('OS packages of an unknown system belong to the subject', () => {
  expect(edges(makeBom([system(makePackage('a@1'))]))).toEqual(['app:1 > a']);
});

test('packages of one file have an application, those gathered from many have none', () => {
  const [a, b] = [makePackage('a@1', { filePath: 'x/a' }), makePackage('b@1')];
  const result = (packages: Result['packages']): Result => ({
    target: 'file',
    class: 'lang-pkgs',
    type: 'npm',
    packages,
    findings: [],
  });
  expect(edges(makeBom([result([a])]))).toEqual(['app:1 > a']);
  expect(edges(makeBom([result([a, b])]))).toEqual(['app:1 > file', 'file > a', 'file > b']);
});

test('references are package URLs where those are unique, and never the same', () => {
  const same = { purl: 'pkg:npm/a@1' };
  const lock = (target: string): Result => ({
    target,
    class: 'lang-pkgs',
    type: 'npm',
    packages: [makePackage('a@1', same)],
    findings: [],
  });
  const { components } = makeBom([
    lock('x'),
    lock('x'),
    { ...lock('y'), packages: [makePackage('b@1', { purl: 'pkg:npm/b@1' })] },
  ]);
  const refs = components.map(({ ref }) => ref);
  expect(new Set(refs).size).toBe(refs.length);
  expect(refs).toContain('pkg:npm/b@1');
  expect(refs).not.toContain('pkg:npm/a@1');
});

describe('the image', () => {
  test('has the package URL of its manifest', () => {
    const { subject } = makeFullBom();
    expect(subject).toMatchObject({
      version: makeDigest('e'),
      purl: `pkg:oci/app@${makeDigest('e').replace(':', '%3A')}?arch=amd64&repository_url=registry.example.com%2Fapp`,
    });
  });

  test('has none where no registry knows it', () => {
    const { subject } = makeBom([], { subject: { kind: 'container', name: 'a.tar', manifestDigest: makeDigest('e') } });
    expect(subject).toMatchObject({ version: makeDigest('e') });
    expect(subject?.purl).toBeUndefined();
  });
});

describe('what was not read', () => {
  const notes = [
    { effect: 'incomplete', code: 'file-unreadable', message: 'x ends early', path: 'x' },
    { effect: 'incomplete', code: 'data-missing', message: 'no data' },
    { effect: 'note', code: 'entry-skipped', message: 'a link' },
  ] as const;

  test('is written, unlike what only this judgement lacked', () => {
    const { document, subject } = makeBom([], { notes });
    expect(document.isIncomplete).toBe(true);
    expect(subject?.properties).toContainEqual({
      name: 'plimsoll:Incomplete',
      value: 'file-unreadable: x ends early (x)',
    });
    expect(subject?.properties?.filter(({ name }) => name === 'plimsoll:Incomplete')).toHaveLength(1);
  });

  test('is not, where only what Trivy has words for may be', () => {
    const bom = makeBom([system(makePackage('a@1', { dev: true, repositoryClass: 'official', catalogedBy: 'rpm' }))], {
      notes,
      ownProperties: false,
    });
    expect(JSON.stringify(bom)).not.toContain('plimsoll:');
    expect(bom.document.isIncomplete).toBeUndefined();
  });
});

test('a vulnerability in several packages is one, with every source’s judgement', () => {
  const parts = {
    cweIds: ['CWE-79', 'junk'],
    references: ['https://a'],
    primaryUrl: 'https://a',
    vendorSeverity: { nvd: 4, odd: 9 },
  };
  const findings = ['b@1', 'a@1'].map((name) =>
    makeFinding('CVE-2030-1', makePackage(name, { purl: `pkg:npm/${name}` }), { ...parts, fixedVersion: '2' }),
  );
  const cvss = { nvd: { v2Score: 5, v3Vector: 'CVSS:3.0/AV:N', v40Score: 9.1 } };
  const { vulnerabilities } = makeBom([makeResult([...findings, makeFinding('CVE-2029-1', 'c@1', { cvss })])]);
  expect(vulnerabilities.map(({ id }) => id)).toEqual(['CVE-2029-1', 'CVE-2030-1']);
  expect(vulnerabilities[0]?.ratings).toEqual([
    { source: 'nvd', severity: 'unknown', method: 'CVSSv2', score: 5 },
    { source: 'nvd', severity: 'unknown', method: 'CVSSv3', vector: 'CVSS:3.0/AV:N' },
    { source: 'nvd', severity: 'unknown', method: 'CVSSv4', score: 9.1 },
  ]);
  expect(vulnerabilities[1]).toMatchObject({
    ratings: [
      { source: 'nvd', severity: 'critical' },
      { source: 'odd', severity: 'unknown' },
    ],
    cwes: [79],
    advisories: ['https://a'],
    recommendation: 'Upgrade a to version 2; Upgrade b to version 2',
    affects: [
      { ref: 'pkg:npm/a@1', version: '1' },
      { ref: 'pkg:npm/b@1', version: '1' },
    ],
  });
});
