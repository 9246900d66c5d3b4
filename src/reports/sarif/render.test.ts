import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { CoverageNote, Finding, Severity } from '../../core/index.ts';
import type { RenderOptions, Report } from '../report.ts';
import { renderSarif } from './render.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed JSON
type Json = any;

function run(report: Partial<Report>, options: Partial<RenderOptions> = {}): Json {
  const log = JSON.parse(renderText(renderSarif, makeReport(report), options));
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

function resultsOf(findings: readonly Finding[], target = 'app:1 (test 1.0)'): Json[] {
  return run({ results: [makeResult(findings, { target })] }).results;
}

test('a vulnerability is one rule, each package that has it a result; the worst one describes the rule', () => {
  const results = [
    makeResult([makeFinding('CVE-1', 'a@1'), makeFinding('CVE-2', 'a@1')]),
    makeResult([makeFinding('CVE-1', 'b@2', { fixedVersion: '3' })], { target: 'Python', class: 'lang-pkgs' }),
  ];
  const { tool, results: found } = run({ results });
  expect(tool.driver.rules.map((rule: Json) => [rule.id, rule.name])).toEqual([
    ['CVE-1', 'LanguageSpecificPackageVulnerability'],
    ['CVE-2', 'OsPackageVulnerability'],
  ]);
  expect(tool.driver.rules[0].help.text).toContain('\nPackage: b\n');
  expect(found.map((result: Json) => [result.ruleId, result.ruleIndex])).toEqual([
    ['CVE-1', 0],
    ['CVE-1', 0],
    ['CVE-2', 1],
  ]);
});

test("under Trivy's name the last one describes the rule, and results stay in the order of their targets", () => {
  const results = [
    makeResult([makeFinding('CVE-1', 'a@1', { severity: 'LOW' }), makeFinding('CVE-2', 'a@1')]),
    makeResult([makeFinding('CVE-1', 'b@2', { severity: 'LOW' })], { target: 'Python', class: 'lang-pkgs' }),
  ];
  const { tool, results: found } = run({ results }, { dialect: 'trivy' });
  expect(tool.driver.rules[0].help.text).toContain('\nPackage: b\n');
  expect(found.map((result: Json) => result.ruleId)).toEqual(['CVE-1', 'CVE-2', 'CVE-1']);
});

test('the most severe results come first, of those the ones with a fix, then the highest score', () => {
  const scored = (v3Score: number): Partial<Finding> => ({ severitySource: 'nvd', cvss: { nvd: { v3Score } } });
  const findings = [
    makeFinding('CVE-1', 'a@1', { severity: 'LOW', fixedVersion: '2' }),
    makeFinding('CVE-2', 'a@1', scored(8.9)),
    makeFinding('CVE-3', 'a@1', { ...scored(7), fixedVersion: '2' }),
    makeFinding('CVE-4', 'a@1', { ...scored(7.1), fixedVersion: '2' }),
    makeFinding('CVE-5', 'a@1', { severity: 'CRITICAL' }),
  ];
  expect(resultsOf(findings).map(({ ruleId }) => ruleId)).toEqual(['CVE-5', 'CVE-4', 'CVE-3', 'CVE-2', 'CVE-1']);
});

test.each<[Severity, string, string]>([
  ['CRITICAL', 'error', '9.5'],
  ['HIGH', 'error', '8.0'],
  ['MEDIUM', 'warning', '5.5'],
  ['LOW', 'note', '2.0'],
  ['UNKNOWN', 'note', '0.0'],
])('%s is the level %s and, without a score, %s', (severity, level, score) => {
  const { tool, results } = run({ results: [makeResult([makeFinding('CVE-1', 'a@1', { severity })])] });
  expect(results[0].level).toBe(level);
  expect(tool.driver.rules[0].defaultConfiguration.level).toBe(level);
  expect(tool.driver.rules[0].properties).toEqual({
    precision: 'very-high',
    'security-severity': score,
    tags: ['vulnerability', 'security', severity],
  });
});

test('the scores are those of the source that judged the severity', () => {
  const [rule] = run(makeFullReport()).tool.driver.rules;
  expect(rule.properties).toMatchObject({
    cvssv2_score: 7.5,
    cvssv2_vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P',
    cvssv3_baseScore: 9.8,
    cvssv40_baseScore: 9.3,
    'security-severity': '9.8',
  });
});

test.each([
  ['app:1 (test 1.0)', 'library/app'],
  [`ghcr.io/org/app@sha256:${'0'.repeat(64)} (test 1.0)`, 'org/app'],
  ['localhost:5000/app:1 (test 1.0)', 'app'],
  ['some dir\\image.tar (test 1.0)', 'some%20dir/image.tar'],
  ['C:x (test)', './C:x'],
  ['/images/app.tar (test 1.0)', 'images/app.tar'],
])('OS packages of %j are in %j', (target, uri) => {
  const [result] = resultsOf([makeFinding('CVE-1', 'a@1')], target);
  expect(result.locations[0].physicalLocation.artifactLocation).toEqual({ uri, uriBaseId: 'ROOTPATH' });
});

test('a language package is in its file, at the lines that declare it', () => {
  const pkg = {
    name: 'a',
    version: '1',
    filePath: 'app/@x/p#1 %.json',
    locations: [
      { start: 3, end: 7 },
      { start: 9, end: 9 },
    ],
  };
  const result = makeResult([makeFinding('CVE-1', pkg)], { class: 'lang-pkgs', target: 'Node.js' });
  const { locations } = run({ results: [result] }).results[0];
  expect(locations.map((location: Json) => location.physicalLocation.region)).toEqual([
    { startLine: 3, startColumn: 1, endLine: 7, endColumn: 1 },
    { startLine: 9, startColumn: 1, endLine: 9, endColumn: 1 },
  ]);
  expect(locations[0].physicalLocation.artifactLocation.uri).toBe('app/@x/p%231%20%25.json');
  expect(locations[0].message.text).toBe('app/@x/p#1 %.json: a@1');
});

test('the fingerprint stays while the package changes its version, and tells packages and places apart', () => {
  const print = (pkg: string, target: string): string =>
    resultsOf([makeFinding('CVE-1', pkg)], target)[0].fingerprints['plimsoll/v1'];
  const first = print('a@1', 'app:1 (test 1.0)');
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(print('a@2', 'app:2 (test 1.1)')).toBe(first);
  expect(print('b@1', 'app:1 (test 1.0)')).not.toBe(first);
  expect(print('a@1', 'other:1 (test 1.0)')).not.toBe(first);
});

test('two versions of a package at one place are told apart', () => {
  const found = resultsOf([makeFinding('CVE-1', 'a@1'), makeFinding('CVE-1', 'a@2')]);
  const [first, second] = found.map((result) => result.partialFingerprints.primaryLocationLineHash);
  expect(second).toBe(first.replace(/:1$/, ':2'));
});

test.each([
  ['app:1', 'plimsoll/app/'],
  [`ghcr.io/org/app:2@sha256:${'0'.repeat(64)}`, 'plimsoll/ghcr.io/org/app/'],
  ['some dir\\image.tar', 'plimsoll/some dir/image.tar/'],
  ['/images/app.tar', 'plimsoll/images/app.tar/'],
])('%j is the category %j, whatever its tag', (name, id) => {
  expect(run({ artifact: { name, type: 'container_image' } }).automationDetails).toEqual({ id });
});

test.each(['nightly', 'nightly/'])('another category can be asked for: %s', (sarifCategory) => {
  expect(run({}, { sarifCategory }).automationDetails).toEqual({ id: 'nightly/' });
});

test('a rule without a title is called by its name, and what is no address is no help', () => {
  const finding = makeFinding('CVE-1', 'a@1', { primaryUrl: 'no address' });
  const [rule] = run({ results: [makeResult([finding])] }).tool.driver.rules;
  expect(rule).toMatchObject({ shortDescription: { text: 'CVE-1' }, fullDescription: { text: 'CVE-1' } });
  expect(rule).not.toHaveProperty('helpUri');
});

test('a rule says in short what code scanning takes, and all of it in the help', () => {
  const description = 'x'.repeat(3000);
  const finding = makeFinding('CVE-1', 'a@1', { description });
  const [rule] = run({ results: [makeResult([finding])] }).tool.driver.rules;
  expect(rule.fullDescription.text).toHaveLength(1024);
  expect(rule.help.markdown).toContain(description);
});

test('a package that stands in very many lines keeps as many places as code scanning takes', () => {
  const locations = Array.from({ length: 3000 }, (_, index) => ({ start: index + 1, end: index + 1 }));
  const [result] = resultsOf([makeFinding('CVE-1', { name: 'a', version: '1', locations })]);
  expect(result.locations).toHaveLength(1000);
});

test('results are ranked by score, and carry what GitHub follows them by', () => {
  const [result] = run(makeFullReport()).results;
  expect(result.rank).toBe(98);
  expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:1$/);
});

test("Trivy's name has neither ranks nor anything of ours", () => {
  const found = run(makeFullReport(), { dialect: 'trivy' });
  expect(Object.keys(found)).toEqual(['tool', 'results', 'columnKind', 'properties']);
  expect(found.tool.driver).toMatchObject({ name: 'Trivy', version: '1.2.3' });
  expect(Object.keys(found.results[0])).toEqual(['ruleId', 'ruleIndex', 'level', 'message', 'locations']);
  expect(Object.keys(found.properties)).toEqual(['imageID', 'imageName', 'repoDigests', 'repoTags']);
});

test('a directory has no image properties', () => {
  expect(run({ artifact: { name: 'src', type: 'filesystem' } }, { dialect: 'trivy' })).not.toHaveProperty('properties');
});

test('the run tells verdict, coverage and data', () => {
  expect(run(makeFullReport()).properties).toMatchObject({
    verdict: { result: 'fail', gated: true, reasons: [{ kind: 'findings', count: 1 }, { kind: 'end-of-life' }] },
    coverage: { catalogers: [{ cataloger: 'test' }], incomplete: { 'file-unreadable': 1 }, notes: {} },
    data: [{ name: 'test-db' }],
  });
});

test('a run that could not judge something was not successful, and says what', () => {
  const [invocation] = run(makeFullReport()).invocations;
  expect(invocation).toEqual({
    executionSuccessful: false,
    toolExecutionNotifications: [
      {
        descriptor: { id: 'file-unreadable' },
        level: 'error',
        message: { text: 'app/x.jar ends early' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'app/x.jar', uriBaseId: 'ROOTPATH' } } }],
      },
    ],
  });
});

test('remarks do not make a run unsuccessful', () => {
  const notes: CoverageNote[] = [{ effect: 'note', code: 'filtered', message: 'so' }];
  expect(run({ coverage: { catalogers: [], notes } }).invocations).toEqual([{ executionSuccessful: true }]);
});

test('notifications are bounded', () => {
  const notes = Array.from(
    { length: 1000 },
    (_, index): CoverageNote => ({
      effect: 'incomplete',
      code: 'file-unreadable',
      message: `file ${index}`,
    }),
  );
  const [{ toolExecutionNotifications }] = run({ coverage: { catalogers: [], notes } }).invocations;
  expect(toolExecutionNotifications).toHaveLength(201);
  expect(toolExecutionNotifications.at(-1).message.text).toBe('800 more could not be judged');
});

test('hostile text does not act on a terminal', () => {
  const finding = makeFinding('CVE-1\u001b[2J', 'a\u009b\ud800@1', { title: '</script>', description: '\u0000' });
  const text = renderText(renderSarif, makeReport({ results: [makeResult([finding])] }));
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}<]/u);
  expect(Buffer.from(text).toString()).toBe(text);
});
