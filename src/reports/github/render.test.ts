import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { Package } from '../../core/index.ts';
import type { RenderOptions, Report } from '../report.ts';
import { renderGithub } from './render.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed JSON
type Json = any;

function render(report: Report, options: Partial<RenderOptions> = {}): Json {
  return JSON.parse(renderText(renderGithub, report, options));
}

function resolvedOf(packages: readonly Package[], options: Partial<RenderOptions> = {}): Json {
  const report = makeReport({ results: [makeResult([], { packages })] });
  return render(report, options).manifests['app:1 (test 1.0)'].resolved;
}

test('a snapshot is that of the job that runs', () => {
  expect(render(makeFullReport())).toMatchObject({
    version: 0,
    detector: { name: 'plimsoll', version: '1.2.3', url: expect.any(String) },
    ref: 'refs/heads/main',
    sha: 'c'.repeat(40),
    job: { correlator: 'build_scan', id: '17' },
    scanned: '2030-01-02T03:04:05Z',
  });
});

test("under Trivy's name it is byte for byte what that program writes", () => {
  const packages: Package[] = [
    { name: 'musl', version: '1.1', id: 'musl@1.1', purl: 'pkg:apk/musl@1.1?arch=x86_64' },
    { name: 'busybox', version: '1.30', dependsOn: ['musl@1.1'], purl: 'pkg:apk/busybox@1.30?arch=x86_64' },
  ];
  const report = makeReport({ results: [makeResult([], { target: 'x.tar (alpine 3.10)', type: 'alpine', packages })] });
  expect(renderText(renderGithub, report, { dialect: 'trivy' })).toBe(`{
  "version": 0,
  "detector": {
    "name": "trivy",
    "version": "1.2.3",
    "url": "https://github.com/aquasecurity/trivy"
  },
  "ref": "refs/heads/main",
  "sha": "${'c'.repeat(40)}",
  "job": {
    "correlator": "build_scan",
    "id": "17"
  },
  "scanned": "2030-01-02T03:04:05Z",
  "manifests": {
    "x.tar (alpine 3.10)": {
      "name": "alpine",
      "resolved": {
        "busybox": {
          "package_url": "pkg:apk/busybox@1.30?arch=x86_64",
          "relationship": "direct",
          "dependencies": [
            "musl@1.1"
          ],
          "scope": "runtime"
        },
        "musl": {
          "package_url": "pkg:apk/musl@1.1?arch=x86_64",
          "relationship": "direct",
          "scope": "runtime"
        }
      }
    }
  }
}
`);
});

test('what the image is called, and whether everything in it was judged', () => {
  const metadata = {
    'aquasecurity:trivy:RepoDigest': `app@sha256:${'e'.repeat(64)}`,
    'aquasecurity:trivy:RepoTag': 'app:1',
  };
  expect(render(makeFullReport(), { dialect: 'trivy' }).metadata).toEqual(metadata);
  expect(render(makeFullReport()).metadata).toEqual({
    ...metadata,
    'plimsoll:complete': 'no',
    'plimsoll:notJudged': 1,
    'plimsoll:verdict': 'fail',
  });
  expect(render(makeReport()).metadata).toEqual({ 'plimsoll:complete': 'yes', 'plimsoll:verdict': 'pass' });
});

test('a snapshot of packages alone has no verdict', () => {
  expect(render(makeReport({ scanners: [] })).metadata).toEqual({ 'plimsoll:complete': 'yes' });
});

test('packages of a language are in the image, or in their file where there is none', () => {
  const results = [makeResult([makeFinding('CVE-1', 'a@1')], { class: 'lang-pkgs', target: 'go.mod' })];
  const image = makeFullReport().image;
  const fileOf = (parts: Partial<Report>): Json => render(makeReport({ results, ...parts })).manifests['go.mod'].file;
  expect(fileOf(image === undefined ? {} : { image })).toEqual({ source_location: `app:1@sha256:${'e'.repeat(64)}` });
  expect(fileOf({ artifact: { name: 'src', type: 'filesystem' } })).toEqual({ source_location: 'go.mod' });
});

test('dependencies are package URLs, as the API says; no package hides another', () => {
  const packages: Package[] = [
    { name: 'a', version: '1', id: 'a@1', purl: 'pkg:npm/a@1', relationship: 'indirect' },
    { name: 'a', version: '2', purl: 'pkg:npm/a@2', filePath: 'x', dependsOn: ['a@1', 'gone@1'] },
    { name: 'a', version: '2', purl: 'pkg:npm/a@2', filePath: 'y' },
    { name: 'a', version: '2', purl: 'pkg:npm/a@2', filePath: 'y' },
  ];
  expect(resolvedOf(packages)).toEqual({
    a: { package_url: 'pkg:npm/a@1', relationship: 'indirect', scope: 'runtime' },
    'a@2': {
      package_url: 'pkg:npm/a@2',
      relationship: 'direct',
      dependencies: ['pkg:npm/a@1'],
      scope: 'runtime',
      metadata: { source_location: 'x' },
    },
    'a@2 (y)': expect.objectContaining({ metadata: { source_location: 'y' } }),
    'a@2 (y) 3': expect.anything(),
  });
  expect(Object.keys(resolvedOf(packages, { dialect: 'trivy' }))).toEqual(['a']);
});

test('a target without packages is no manifest', () => {
  expect(render(makeReport({ results: [makeResult([], { packages: [] })] }))).not.toHaveProperty('manifests');
});
