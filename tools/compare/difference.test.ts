import { expect, test } from 'vitest';
import { compareReports, isEqual } from './difference.ts';
import type { Json } from './json.ts';

const layer = { DiffID: 'sha256:aa' };

function pkg(name: string, parts: Json = {}): Json {
  return {
    ID: `${name}@1`,
    Name: name,
    Identifier: { PURL: `pkg:x/${name}@1`, UID: '1' },
    Version: '1',
    Layer: layer,
    ...parts,
  };
}

function finding(id: string, name: string, parts: Json = {}): Json {
  return {
    VulnerabilityID: id,
    PkgID: `${name}@1`,
    PkgName: name,
    InstalledVersion: '1',
    Status: 'affected',
    Layer: layer,
    Fingerprint: 'sha256:1',
    Severity: 'HIGH',
    ...parts,
  };
}

function report(packages: readonly Json[], findings: readonly Json[], parts: Json = {}): Json {
  return {
    SchemaVersion: 2,
    Trivy: { Version: '1' },
    ReportID: 'a',
    CreatedAt: 'then',
    ArtifactName: 'app',
    Results: [{ Target: 'app (x 1)', Class: 'os-pkgs', Type: 'x', Packages: packages, Vulnerabilities: findings }],
    ...parts,
  };
}

const reference = report([pkg('a'), pkg('b')], [finding('CVE-1', 'a'), finding('CVE-2', 'b')]);

test('a report equals itself, whatever its ids and dates', () => {
  const again = report(
    [pkg('a', { Identifier: { PURL: 'pkg:x/a@1', UID: '2' } }), pkg('b')],
    [finding('CVE-1', 'a', { Fingerprint: 'sha256:2' }), finding('CVE-2', 'b')],
    { ReportID: 'b', CreatedAt: 'now', Trivy: { Version: '2' } },
  );
  const difference = compareReports(reference, again);
  expect(difference).toEqual({
    packages: { equal: 2, missing: [], extra: [] },
    findings: { equal: 2, missing: [], extra: [] },
    fields: [],
  });
  expect(isEqual(difference)).toBe(true);
});

test('secrets are not compared', () => {
  const secrets = { Target: '.env', Class: 'secret', Secrets: [{}] };
  const withSecrets = { ...reference, Results: [...(reference['Results'] as Json[]), secrets] };
  expect(isEqual(compareReports(withSecrets, reference))).toBe(true);
  const onlySecrets = report([], [], { Results: [secrets] });
  const { Results: _, ...none } = onlySecrets;
  expect(isEqual(compareReports(onlySecrets, none))).toBe(true);
});

test('packages and findings that only one has', () => {
  const ours = report([pkg('a'), pkg('c')], [finding('CVE-1', 'a'), finding('CVE-3', 'c')]);
  const { packages, findings, fields } = compareReports(reference, ours);
  expect(packages).toEqual({
    equal: 1,
    missing: ['os-pkgs x b@1 b - 1 - - - pkg:x/b@1'],
    extra: ['os-pkgs x c@1 c - 1 - - - pkg:x/c@1'],
  });
  expect(findings.missing).toEqual(['os-pkgs b 1 CVE-2 - affected HIGH - sha256:aa']);
  expect(findings.extra).toEqual(['os-pkgs c 1 CVE-3 - affected HIGH - sha256:aa']);
  expect(fields.map(({ path, actual }) => [path, actual])).toEqual([
    ['Results[os-pkgs x].Packages[b@1 b 1 - -]', undefined],
    ['Results[os-pkgs x].Packages[c@1 c 1 - -]', 'present'],
    ['Results[os-pkgs x].Vulnerabilities[CVE-2 b@1 b - 1]', undefined],
    ['Results[os-pkgs x].Vulnerabilities[CVE-3 c@1 c - 1]', 'present'],
  ]);
});

test.each([
  ['another purl', pkg('a', { Identifier: { PURL: 'pkg:y/a@1' } })],
  ['another version', pkg('a', { Version: '2' })],
  ['another file', pkg('a', { FilePath: 'x' })],
])('%s is another package', (_, changed) => {
  expect(compareReports(reference, report([changed, pkg('b')], [])).packages.missing).toHaveLength(1);
});

test.each([
  ['FixedVersion', '2'],
  ['Status', 'fixed'],
  ['Severity', 'LOW'],
  ['SeveritySource', 'nvd'],
  ['InstalledVersion', '2'],
  ['Layer', { DiffID: 'sha256:bb' }],
])('a finding with another %s is another finding', (field, value) => {
  const ours = report([], [finding('CVE-1', 'a', { [field]: value }), finding('CVE-2', 'b')]);
  const { findings } = compareReports(reference, ours);
  expect([findings.equal, findings.missing.length, findings.extra.length]).toEqual([1, 1, 1]);
});

test('a finding that is reported twice is not equal to one reported once', () => {
  const ours = report([], [finding('CVE-1', 'a'), finding('CVE-1', 'a'), finding('CVE-2', 'b')]);
  expect(compareReports(reference, ours).findings).toMatchObject({ equal: 2, missing: [], extra: [{}] });
});

test('fields that differ are named by what they belong to', () => {
  const ours = report(
    [pkg('a', { Licenses: ['MIT'] }), pkg('b')],
    [finding('CVE-1', 'a', { Title: 't' }), finding('CVE-2', 'b')],
  );
  expect(compareReports(reference, { ...ours, ArtifactName: 'other' }).fields).toEqual([
    { path: 'ArtifactName', expected: 'app', actual: 'other' },
    { path: 'Results[os-pkgs x].Packages[a@1 a 1 - -].Licenses', expected: undefined, actual: ['MIT'] },
    { path: 'Results[os-pkgs x].Vulnerabilities[CVE-1 a@1 a - 1].Title', expected: undefined, actual: 't' },
  ]);
});

test('another order is a difference', () => {
  const ours = report([pkg('b'), pkg('a')], [finding('CVE-1', 'a'), finding('CVE-2', 'b')]);
  expect(compareReports(reference, ours).fields).toEqual([
    { path: 'Results[os-pkgs x].Packages (order)', expected: 'a@1 a 1 - -', actual: 'b@1 b 1 - -' },
  ]);
});
