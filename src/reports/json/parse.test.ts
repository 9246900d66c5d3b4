import { describe, expect, test } from 'vitest';
import { makeDigest } from '../../../testkit/report.ts';
import type { SavedReport } from '../report.ts';
import { parseJsonReport } from './parse.ts';

const now = new Date('2030-01-01T00:00:00Z');

function parse(text: string): SavedReport | undefined {
  return parseJsonReport(Buffer.from(text), now);
}

/** A report as Trivy writes it, of an image, with these results. */
function read(results: readonly object[], parts: object = {}): SavedReport {
  const head = { SchemaVersion: 2, ArtifactName: 'app:1', ArtifactType: 'container_image' };
  const saved = parse(JSON.stringify({ ...head, Results: results, ...parts }));
  if (saved === undefined) expect.fail('this is a report');
  return saved;
}

const flaw = { VulnerabilityID: 'CVE-2030-1', PkgID: 'a@1', PkgName: 'a', InstalledVersion: '1', Severity: 'HIGH' };
const packages = [{ ID: 'a@1', Name: 'a', Version: '1', Identifier: { UID: 'abc123', PURL: 'pkg:npm/a@1' } }];

describe('a report of Trivy', () => {
  test('gives its findings in its packages, and says nothing of what was looked for', () => {
    const { report, ...rest } = read([
      { Target: 'x', Class: 'os-pkgs', Type: 'debian', Packages: packages, Vulnerabilities: [flaw] },
    ]);
    expect(rest).toEqual({ isOwn: false, listsPackages: true, unread: {}, damaged: 0 });
    const [result] = report.results;
    expect(result?.findings[0]?.package).toBe(result?.packages[0]);
    expect(result?.packages[0]).toEqual({ id: 'a@1', name: 'a', version: '1', uid: 'abc123', purl: 'pkg:npm/a@1' });
    expect(report).toMatchObject({
      createdAt: now,
      reportId: '',
      verdict: { result: 'incomplete' },
      scanners: ['vuln'],
    });
  });

  test('without packages gives those that its findings name', () => {
    const { report, listsPackages } = read([{ Target: 'x', Class: 'lang-pkgs', Vulnerabilities: [flaw, flaw] }]);
    expect(listsPackages).toBe(false);
    expect(report.results[0]?.packages).toEqual([{ id: 'a@1', name: 'a', version: '1' }]);
  });

  test('without findings says not even that vulnerabilities were looked for', () => {
    expect(read([{ Target: 'x', Class: 'os-pkgs', Packages: packages }]).report.scanners).toEqual([]);
  });

  test.each([
    [{ Status: 'will_not_fix' }, 'will_not_fix'],
    [{ FixedVersion: '2' }, 'fixed'],
    [{}, 'unknown'],
  ])('%j has the status %s', (parts, status) => {
    const { report } = read([{ Target: 'x', Vulnerabilities: [{ ...flaw, ...parts }] }]);
    expect(report.results[0]?.findings[0]?.status).toBe(status);
  });

  test('findings of other kinds are counted, checks that held are not', () => {
    const { unread } = read([
      { Target: 'x', Class: 'secret', Secrets: [{}, {}] },
      { Target: 'y', Class: 'config', Misconfigurations: [{ Status: 'FAIL' }, { Status: 'PASS' }] },
      { Target: 'z', Class: 'license', Licenses: [{}] },
    ]);
    expect(unread).toEqual({ secret: 2, misconfig: 1, license: 1 });
  });

  test('entries that are not what they should be are counted', () => {
    const broken = [
      { Target: 'x', Vulnerabilities: [{ PkgName: 'a' }, { VulnerabilityID: 'CVE-2030-1' }, 7], Packages: [{}] },
      'x',
    ];
    expect(read(broken as object[]).damaged).toBe(5);
  });

  test('what somebody left out stays left out, with the word for it', () => {
    const entry = {
      Type: 'vulnerability',
      Status: 'not_affected',
      Statement: 'unused',
      Source: 'vex.json',
      Finding: flaw,
    };
    const other = { Type: 'secret', Finding: {} };
    const { report } = read([{ Target: 'x', Class: 'lang-pkgs', ExperimentalModifiedFindings: [entry, other] }]);
    expect(report.results[0]?.suppressed).toMatchObject([
      { source: 'vex.json', statement: 'unused', finding: { id: 'CVE-2030-1' } },
    ]);
  });

  test('its image is known by its id; layers by their unpacked digests where there are no others', () => {
    const [id, diffId] = [makeDigest('a'), makeDigest('b')];
    const { report } = read([], {
      Metadata: { ImageID: id, DiffIDs: [diffId], OS: { Family: 'alpine', Name: '3.20', EOSL: true } },
    });
    expect(report.image).toMatchObject({ id, layers: [{ diffId, size: 0 }] });
    expect(report.os).toEqual({ family: 'alpine', name: '3.20', endOfLife: true });
    expect(read([], { Metadata: { ImageID: 'sha256:short' } }).report.image).toBeUndefined();
  });
});

test.each(['', 'hello', '<bom/>', '{}', '[]', '{"bomFormat":"CycloneDX"}', '{"spdxVersion":"SPDX-2.3"}'])(
  '%j is no report',
  (text) => {
    expect(parse(text)).toBeUndefined();
  },
);

test.each([
  ['{"SchemaVersion":2', 'REPORTS_SAVED_INVALID'],
  ['{"SchemaVersion":2,"ArtifactName":"a","ArtifactType":"vm","Plimsoll":7}', 'REPORTS_SAVED_INVALID'],
  [`{"a":${'['.repeat(200)}`, 'REPORTS_SAVED_TOO_LARGE'],
  ['[{"Target":"a"}]', 'REPORTS_SAVED_UNSUPPORTED'],
  ['{"ClusterName":"a","SchemaVersion":2}', 'REPORTS_SAVED_UNSUPPORTED'],
  ['{"SchemaVersion":2}', 'REPORTS_SAVED_UNSUPPORTED'],
  ['{"SchemaVersion":3,"ArtifactName":"a","ArtifactType":"vm"}', 'REPORTS_SAVED_UNSUPPORTED'],
  ['{"SchemaVersion":2,"ArtifactName":"a","ArtifactType":"toString"}', 'REPORTS_SAVED_UNSUPPORTED'],
  [
    '{"SchemaVersion":2,"ArtifactName":"a","ArtifactType":"vm","Plimsoll":{"SchemaVersion":9,"Verdict":{},"Coverage":{}}}',
    'REPORTS_SAVED_UNSUPPORTED',
  ],
])('%s is refused', (text, code) => {
  expect(() => parse(text)).toThrowCode(code);
});

describe('our own section', () => {
  const section = { SchemaVersion: 1, Verdict: {}, Coverage: { Notes: [{}, { Effect: 'note', Code: 'new-kind' }, 1] } };

  test('that says little keeps a gate from passing, and filters nothing', () => {
    const { report, listsPackages, damaged } = read([], { Plimsoll: section });
    expect(report.verdict.result).toBe('incomplete');
    expect(report.coverage.notes.map(({ effect, code }) => [effect, code])).toEqual([
      ['incomplete', 'report-lacks'],
      ['note', 'new-kind'],
    ]);
    expect(report.severities).toHaveLength(5);
    expect({ listsPackages, damaged }).toEqual({ listsPackages: false, damaged: 1 });
  });

  test('keeps what was left out of a result that has nothing else', () => {
    const suppressed = { Target: 'x', Class: 'lang-pkgs', Type: 'npm', Source: 'f', Finding: flaw };
    const { report } = read([], { Plimsoll: { ...section, Suppressed: [suppressed, { ...suppressed, Finding: {} }] } });
    expect(report.results).toMatchObject([{ target: 'x', type: 'npm', suppressed: [{ source: 'f' }] }]);
  });
});
