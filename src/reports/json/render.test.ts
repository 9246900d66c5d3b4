import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { RenderOptions, Report } from '../report.ts';
import { renderJson } from './render.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed JSON
type Json = any;

function render(report: Report, options: Partial<RenderOptions> = {}): Json {
  return JSON.parse(renderText(renderJson, report, options));
}

test('the fields of a full report stand in the order of the schema they come from', () => {
  const document = render(makeFullReport());
  expect(Object.keys(document).join(' ')).toBe(
    'SchemaVersion Trivy ReportID CreatedAt ArtifactID ArtifactName ArtifactType Metadata Results Plimsoll',
  );
  expect(Object.keys(document.Metadata).join(' ')).toBe(
    'Size OS ImageID DiffIDs RepoTags RepoDigests Reference ImageConfig Layers',
  );
  const [result] = document.Results;
  expect(Object.keys(result).join(' ')).toBe('Target Class Type Packages Vulnerabilities');
  expect(Object.keys(result.Packages[0]).join(' ')).toBe(
    'ID Name Identifier Version Release Epoch Arch Dev SrcName SrcVersion SrcRelease SrcEpoch Licenses Maintainer ' +
      'Modularitylabel BuildInfo Repository Indirect Relationship DependsOn Layer FilePath Digest Locations ' +
      'InstalledFiles AnalyzedBy',
  );
  expect(Object.keys(result.Vulnerabilities[0]).join(' ')).toBe(
    'VulnerabilityID VendorIDs PkgID PkgName PkgPath PkgIdentifier InstalledVersion FixedVersion Status Layer ' +
      'SeveritySource PrimaryURL DataSource Fingerprint Title Description Severity CweIDs VendorSeverity CVSS ' +
      'References PublishedDate LastModifiedDate',
  );
});

test('values that are empty are left out, but not the layer of a vulnerability', () => {
  const finding = makeFinding('CVE-2030-1', { name: 'a', version: '1' });
  const [result] = render(makeReport({ results: [makeResult([finding])] })).Results;
  expect(result.Packages).toEqual([
    { Name: 'a', Identifier: { UID: expect.stringMatching(/^[0-9a-f]{16}$/) }, Version: '1' },
  ]);
  expect(result.Vulnerabilities[0].Layer).toEqual({});
  expect(result.Vulnerabilities[0]).not.toHaveProperty('FixedVersion');
});

test('the severities and scores of sources are sorted by source', () => {
  const finding = makeFinding('CVE-2030-1', 'a@1', {
    vendorSeverity: { redhat: 2, ghsa: 3, nvd: 4 },
    cvss: { redhat: { v3Score: 5 }, nvd: { v3Score: 9 } },
  });
  const text = renderText(renderJson, makeReport({ results: [makeResult([finding])] }));
  expect(text).toMatch(/"ghsa": 3,\s+"nvd": 4,\s+"redhat": 2/);
  expect(text).toMatch(/"nvd": \{\s+"V3Score": 9\s+\},\s+"redhat"/);
});

test('packages are listed when asked for; a result without content is dropped', () => {
  const results = [makeResult([], { packages: [{ name: 'a', version: '1' }] })];
  expect(render(makeReport({ results })).Results).toHaveLength(1);
  expect(render(makeReport({ results }), { listPackages: false })).not.toHaveProperty('Results');
});

test('findings that do not count are listed on request, also of a result that has nothing else', () => {
  const finding = makeFinding('CVE-2030-3', 'b@2');
  const suppressed = [{ finding, status: 'ignored', source: '.trivyignore' }] as const;
  const results = [makeResult([], { suppressed })];
  expect(render(makeReport({ results }), { dialect: 'trivy' })).not.toHaveProperty('Results');
  const [result] = render(makeReport({ results }), { dialect: 'trivy', showSuppressed: true }).Results;
  expect(result.ExperimentalModifiedFindings).toMatchObject([
    { Type: 'vulnerability', Status: 'ignored', Statement: '', Source: '.trivyignore', Finding: { PkgName: 'b' } },
  ]);
});

test("under Trivy's name there is nothing of ours", () => {
  expect(render(makeFullReport(), { dialect: 'trivy' })).not.toHaveProperty('Plimsoll');
});

test('our own part tells verdict, coverage, data and the proof of each finding', () => {
  const { Plimsoll } = render(makeFullReport());
  expect(Plimsoll.Version).toBe('1.2.3');
  expect(Plimsoll.Verdict.Result).toBe('fail');
  expect(Plimsoll.Verdict.Reasons.map((reason: Json) => reason.Kind)).toEqual([
    'findings',
    'end-of-life',
    'incomplete',
  ]);
  expect(Plimsoll.Coverage.Notes[0]).toMatchObject({ Effect: 'incomplete', Path: 'app/x.jar', Data: { size: 12 } });
  expect(Plimsoll.Data[0].Name).toBe('test-db');
  expect(Plimsoll.Proofs).toEqual([
    {
      Target: 'app:1 (test 1.0)',
      VulnerabilityID: 'CVE-2030-1',
      PkgName: 'liba',
      PkgPath: 'app/liba.json',
      Source: 'test',
      LookedUp: 'liba',
      Compared: '2.0',
      Range: 'any',
    },
  ]);
});

test('the identifier of a package depends on its place, the fingerprint of a flaw on the artifact', () => {
  const at = (filePath: string, id: string) =>
    render(
      makeReport({
        artifact: { name: 'app', type: 'container_image', id },
        results: [makeResult([makeFinding('CVE-2030-1', { name: 'a', version: '1', filePath })])],
      }),
    ).Results[0].Vulnerabilities[0];
  expect(at('x', '1').PkgIdentifier.UID).not.toBe(at('y', '1').PkgIdentifier.UID);
  expect(at('x', '1').PkgIdentifier.UID).toBe(at('x', '2').PkgIdentifier.UID);
  expect(at('x', '1').Fingerprint).not.toBe(at('x', '2').Fingerprint);
  expect(at('x', '1').Fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('hostile text neither acts on a terminal nor ends a script element, and stays UTF-8', () => {
  const finding = makeFinding('CVE-2030-1', { name: '\u001b[2J</script>\u009b\ud800', version: '1' });
  const text = renderText(renderJson, makeReport({ results: [makeResult([finding])] }));
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}<]/u);
  expect(JSON.parse(text).Results[0].Packages[0].Name).toBe('\u001b[2J</script>\u009b\ufffd');
  expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
});
