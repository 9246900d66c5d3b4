import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { Report } from '../report.ts';
import { loadTemplateRenderer } from './render.ts';

const render = await loadTemplateRenderer();

function run(text: string, report: Report = makeFullReport()): string {
  const environment = { AWS_REGION: 'eu-west-1' };
  return renderText(render, report, { template: { name: 'own.tpl', text, environment } });
}

test.each([
  ['{{range .}}{{.Target}}|{{.Class}}|{{.Type}}{{end}}', 'app:1 (test 1.0)|os-pkgs|test'],
  ['{{len .}} {{with index . 0}}{{len .Packages}} {{len .Vulnerabilities}} {{len .Secrets}}{{end}}', '1 1 1 0'],
  ['{{with index . 0}}{{if .Misconfigurations}}x{{else}}none{{end}} {{.MisconfSummary}}{{end}}', 'none <no value>'],
])('results: %s', (text, expected) => {
  expect(run(text)).toBe(expected);
});

test.each([
  [
    '{{.VulnerabilityID}} {{.PkgName}} {{.InstalledVersion}} {{.FixedVersion}} {{.Status}}',
    'CVE-2030-1 liba 1:2.0-3 1:2.0-4 fixed',
  ],
  ['{{.Severity}} {{.Vulnerability.Severity}} {{.Vulnerability.Title}}', 'CRITICAL CRITICAL liba: a flaw'],
  [
    '{{(index .CVSS "test").V3Score}} {{(index .CVSS "none").V3Score}} {{(index .CVSS (sourceID "none")).V3Vector}}',
    '9.8 0 ',
  ],
  [
    '{{index .References 0}} {{.DataSource.Name}} {{.Layer.DiffID | trunc 10}}',
    'https://example.com/CVE-2030-1 Test advisories sha256:bbb',
  ],
  ['{{range $source, $severity := .VendorSeverity}}{{$source}}={{$severity}};{{end}}', 'nvd=3;test=4;'],
  ['{{.PublishedDate | date "2006-01-02"}} {{.CweIDs | join ","}}', '2030-01-01 CWE-79'],
  [
    '{{(.Description | toJson)}} {{(toJson . | fromJson).PkgIdentifier.PURL}}',
    '"A flaw in liba." pkg:rpm/test/liba@2.0-3?arch=x86_64',
  ],
  ['{{if eq .Severity "LOW"}}1{{else if eq .Severity "CRITICAL"}}9{{end}}', '9'],
  ['{{list .VulnerabilityID .PkgName | join " - " | printf "%q"}}', '"CVE-2030-1 - liba"'],
  ['{{list .VulnerabilityID .PkgName | join "" | sha1sum | len}}', '40'],
  ['{{env "AWS_REGION"}} {{now | date "2006"}} {{appVersion}}', 'eu-west-1 2030 1.2.3'],
  [
    '{{escapeXML "<a>"}} {{escapeString "\\""}} {{endWithPeriod "a"}}{{endWithPeriod "b."}} {{abbrev 6 .Title}}',
    '&lt;a&gt; &#34; a.b. lib...',
  ],
])('vulnerabilities: %s', (text, expected) => {
  expect(run(`{{range .}}{{range .Vulnerabilities}}${text}{{end}}{{end}}`)).toBe(expected);
});

test('packages have the fields that Trivy names', () => {
  const text = '{{.Name}} {{.Epoch}} {{.SrcName}} {{.Dev}} {{(index .Locations 0).StartLine}} {{.BuildInfo.Nvr}}';
  expect(run(`{{range .}}{{range .Packages}}${text}{{end}}{{end}}`)).toBe('liba 1 a true 3 image-1-2');
});

test('what a finding lacks is empty, and a field that no finding has is an error', () => {
  const report = makeReport({ results: [makeResult([makeFinding('CVE-1', 'a@1')])] });
  const inside = (text: string): string => run(`{{range .}}{{range .Vulnerabilities}}${text}{{end}}{{end}}`, report);
  expect(
    inside('[{{.Title}}{{.References}}{{if .PublishedDate}}x{{end}}{{if .DataSource}}x{{end}}{{.Layer.Digest}}]'),
  ).toBe('[[]]');
  expect(() => inside('{{.Nothing}}')).toThrowCode('CODEC_TEMPLATE_FAILED');
});

test('a list of objects with a comma between them, as templates for JSON have it', () => {
  const results = [
    makeResult([makeFinding('CVE-1', 'a@1'), makeFinding('CVE-2', 'b@1')]),
    makeResult([makeFinding('CVE-3', 'c@1')]),
  ];
  const text = `[
{{- $first := true -}}
{{- range . -}}{{- $target := .Target -}}{{- range .Vulnerabilities -}}
{{- if $first -}}{{- $first = false -}}{{- else -}},{{- end -}}
{"id": {{ .VulnerabilityID | printf "%q" }}, "target": {{ $target | printf "%q" }}}
{{- end -}}{{- end -}}
]`;
  expect(JSON.parse(run(text, makeReport({ results }))).map(({ id }: { id: string }) => id)).toEqual([
    'CVE-1',
    'CVE-2',
    'CVE-3',
  ]);
});

test('a report of nothing is an empty list', () => {
  expect(run('{{if .}}some{{else}}none{{end}}', makeReport())).toBe('none');
});

test('without a template there is nothing to write', () => {
  expect(() => [
    ...render(makeReport(), { dialect: 'plimsoll', programVersion: '', listPackages: true, colour: false }),
  ]).toThrowCode('REPORTS_TEMPLATE_MISSING');
});
