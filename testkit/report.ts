import type { Digest, Package } from '../src/core/index.ts';
import { severities } from '../src/core/index.ts';
import type { Render, RenderOptions, RenderPieces, Report } from '../src/reports/index.ts';
import { makeFinding, makeResult } from './findings.ts';

/** A SHA-256 digest that repeats one hexadecimal digit. */
export function makeDigest(digit: string): Digest {
  return `sha256:${digit.repeat(64)}`;
}

export function makeReport(parts: Partial<Report> = {}): Report {
  return {
    reportId: '01890000-0000-7000-8000-000000000000',
    createdAt: new Date('2030-01-02T03:04:05.000Z'),
    artifact: { name: 'app:1', type: 'container_image' },
    results: [],
    scanners: ['vuln'],
    severities,
    verdict: { result: 'pass', gated: false, reasons: [] },
    coverage: { catalogers: [], notes: [] },
    data: [],
    ...parts,
  };
}

export function makeRenderOptions(parts: Partial<RenderOptions> = {}): RenderOptions {
  return {
    dialect: 'plimsoll',
    programVersion: '1.2.3',
    listPackages: true,
    colour: false,
    template,
    environment,
    ...parts,
  };
}

/** Variables that formats of build services and clouds ask for. */
const environment: NonNullable<RenderOptions['environment']> = {
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'c'.repeat(40),
  GITHUB_WORKFLOW: 'build',
  GITHUB_JOB: 'scan',
  GITHUB_RUN_ID: '17',
  AWS_ACCOUNT_ID: '123456789012',
  AWS_REGION: 'eu-west-1',
};

/** A template that writes everything that it is given, for the format that needs one. */
const template: NonNullable<RenderOptions['template']> = {
  name: 'all.tpl',
  text: [
    '{{- range . }}{{ .Target }} {{ .Class }} {{ .Type }}',
    '{{ range .Packages }}{{ . }}{{ toJson . }}\n{{ end }}',
    '{{- range .Vulnerabilities }}{{ . }}{{ toJson . }}\n{{ end }}{{ end }}end\n',
  ].join('\n'),
  environment: {},
};

/** What a renderer gives, as one text. */
export function renderText(
  render: Render | RenderPieces | undefined,
  report: Report,
  options: Partial<RenderOptions> = {},
): string {
  const rendered = render?.(report, makeRenderOptions(options)) ?? '';
  return typeof rendered === 'string' ? rendered : [...rendered].join('');
}

const layer = { digest: makeDigest('a'), diffId: makeDigest('b') };

/** A package with everything that a package can have. */
export const fullPackage: Package = {
  id: 'liba@1:2.0-3.x86_64',
  name: 'liba',
  version: '2.0',
  release: '3',
  epoch: 1,
  arch: 'x86_64',
  source: { name: 'a', version: '2.0', release: '3', epoch: 1 },
  licenses: ['MIT', 'Apache-2.0'],
  maintainer: 'Ann <ann@example.com>',
  modularityLabel: 'a:2:20300101:abcdef',
  repositoryClass: 'official',
  relationship: 'indirect',
  dev: true,
  dependsOn: ['libb@1'],
  locations: [{ start: 3, end: 7 }],
  filePath: 'app/liba.json',
  checksum: 'sha1:0123',
  fileChecksum: `sha1:${'4567'.repeat(10)}`,
  installedFiles: ['usr/lib/liba.so'],
  layer,
  buildInfo: { contentSets: ['set-1'], nvr: 'image-1-2', arch: 'x86_64' },
  purl: 'pkg:rpm/test/liba@2.0-3?arch=x86_64',
  catalogedBy: 'test',
};

/** A report in which every field that can be there is there. */
export function makeFullReport(): Report {
  const finding = makeFinding('CVE-2030-1', fullPackage, {
    vendorIds: ['TSA-2030-1'],
    installedVersion: '1:2.0-3',
    fixedVersion: '1:2.0-4',
    layer,
    severity: 'CRITICAL',
    severitySource: 'test',
    dataSource: { id: 'test', name: 'Test advisories', url: 'https://example.com/', baseId: 'base' },
    primaryUrl: 'https://example.com/CVE-2030-1',
    title: 'liba: a flaw',
    description: 'A flaw in liba.',
    cweIds: ['CWE-79'],
    vendorSeverity: { test: 4, nvd: 3 },
    cvss: {
      test: {
        v2Vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P',
        v3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
        v40Vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
        v2Score: 7.5,
        v3Score: 9.8,
        v40Score: 9.3,
      },
    },
    references: ['https://example.com/CVE-2030-1'],
    publishedDate: '2030-01-01T00:00:00Z',
    lastModifiedDate: '2030-01-02T00:00:00Z',
  });
  const note = {
    effect: 'incomplete',
    code: 'file-unreadable',
    message: 'app/x.jar ends early',
    path: 'app/x.jar',
    layer,
    data: { size: 12 },
  } as const;
  return makeReport({
    artifact: { name: 'app:1', type: 'container_image', id: makeDigest('c') },
    os: { family: 'test', name: '1.0', repositoryRelease: '1.1', endOfLife: true },
    image: {
      id: makeDigest('d'),
      manifestDigest: makeDigest('e'),
      size: 4096,
      repoTags: ['app:1'],
      repoDigests: [`app@${makeDigest('e')}`],
      reference: 'app:1',
      config: {
        architecture: 'amd64',
        os: 'linux',
        config: { Cmd: ['/bin/app'] },
        rootfs: { type: 'layers', diff_ids: [layer.diffId] },
      },
      layers: [{ ...layer, size: 4096 }],
    },
    results: [
      makeResult([finding], {
        suppressed: [
          {
            finding: { ...finding, id: 'CVE-2030-2' },
            status: 'ignored',
            source: '.trivyignore',
            statement: 'Not reached',
          },
        ],
      }),
    ],
    verdict: {
      result: 'fail',
      gated: true,
      reasons: [
        { kind: 'findings', count: 1 },
        { kind: 'end-of-life', family: 'test', release: '1.0' },
        { kind: 'incomplete', note },
      ],
    },
    coverage: { catalogers: [{ cataloger: 'test', files: 2, packages: 1 }], notes: [note] },
    data: [
      {
        name: 'test-db',
        updatedAt: '2030-01-01T00:00:00Z',
        nextUpdate: '2030-01-02T00:00:00Z',
        downloadedAt: '2030-01-01T12:00:00Z',
      },
    ],
  });
}
