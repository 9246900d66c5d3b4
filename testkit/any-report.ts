import fc from 'fast-check';
import {
  type CoverageNote,
  type CvssScores,
  type Finding,
  type LayerRef,
  type Package,
  type Result,
  type SuppressedFinding,
  severities,
  vulnerabilityStatuses,
} from '../src/core/index.ts';
import type { ImageFacts, Report } from '../src/reports/index.ts';
import { makeDigest, makeReport } from './report.ts';

type Arbitrary<T> = fc.Arbitrary<T>;

/** Text as an honest or a hostile image holds it; never empty, as that is the same as absent. */
const text: Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-z][a-z0-9.+-]{0,11}$/) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', '</script>', '\u001b[2J', 'two\nlines', 'é 漢', '=1+1', '"') },
);

const texts = fc.array(text, { minLength: 1, maxLength: 3 });
const amount = fc.integer({ min: 1, max: 1e6 });
const digest = fc.constantFrom(...'0123456789abcdef').map(makeDigest);
const moment = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Every field may be absent, but those that are named. */
function fieldsOf<T extends object>(
  fields: { readonly [K in keyof T]-?: Arbitrary<NonNullable<T[K]>> },
  required: readonly (keyof T & string)[],
): Arbitrary<T> {
  return fc.record(fields as Record<string, Arbitrary<unknown>>, { requiredKeys: [...required] }) as Arbitrary<T>;
}

const layer = fieldsOf<LayerRef>({ digest, diffId: digest }, ['diffId']);

const packageFields = fieldsOf<Omit<Package, 'name' | 'id' | 'uid'>>(
  {
    version: text,
    release: text,
    epoch: amount,
    arch: text,
    source: fieldsOf({ name: text, version: text, release: text, epoch: amount }, ['name', 'version']),
    licenses: texts,
    maintainer: text,
    modularityLabel: text,
    repositoryClass: fc.constantFrom('official', 'third-party'),
    relationship: fc.constantFrom('root', 'workspace', 'direct', 'indirect'),
    dev: fc.constant(true),
    dependsOn: fc.array(fc.nat(5).map(idAt), { minLength: 1, maxLength: 3 }),
    locations: fc.array(fc.record({ start: amount, end: amount }), { minLength: 1, maxLength: 3 }),
    filePath: text,
    checksum: fc.constant('sha1:0123456789012345678901234567890123456789'),
    fileChecksum: fc.constant('sha1:abcdefabcdabcdefabcdabcdefabcdabcdefabcd'),
    installedFiles: texts,
    layer,
    buildInfo: fieldsOf({ contentSets: texts, nvr: text, arch: text }, ['nvr']),
    purl: text.map((name) => `pkg:npm/${encodeURIComponent(name)}@1`),
    catalogedBy: text,
  },
  ['version'],
);

function idAt(index: number): string {
  return `package-${index}@1`;
}

const packages = fc
  .array(fc.record({ name: text, fields: packageFields }), { minLength: 1, maxLength: 6 })
  .map((list) => list.map(({ name, fields }, index): Package => ({ ...fields, name, id: idAt(index) })));

const scores = fieldsOf<CvssScores>(
  {
    v2Vector: text,
    v3Vector: text,
    v40Vector: text,
    v2Score: fc.integer({ min: 1, max: 10 }),
    v3Score: fc.integer({ min: 1, max: 10 }),
    v40Score: fc.integer({ min: 1, max: 10 }),
  },
  ['v3Score'],
);

const source = fc.constantFrom('nvd', 'ghsa', 'redhat', '__proto__');

/** Statuses agree with fixes, as they do where scans make them. */
const findingFields = fieldsOf<Omit<Finding, 'kind' | 'package' | 'fingerprint'>>(
  {
    id: fc.integer({ min: 1, max: 40 }).map((number) => `CVE-2030-${number}`),
    vendorIds: texts,
    installedVersion: text,
    fixedVersion: text,
    status: fc.constantFrom(...vulnerabilityStatuses),
    layer,
    severity: fc.constantFrom(...severities),
    severitySource: text,
    dataSource: fieldsOf({ id: text, name: text, url: text, baseId: text }, ['id', 'name', 'url']),
    primaryUrl: text.map((name) => `https://example.com/${encodeURIComponent(name)}`),
    title: text,
    description: text,
    cweIds: texts,
    vendorSeverity: fc.dictionary(source, fc.nat(4), { minKeys: 1 }),
    cvss: fc.dictionary(source, scores, { minKeys: 1 }),
    references: texts,
    publishedDate: moment,
    lastModifiedDate: moment,
    proof: fc.record({ bucket: text, lookedUp: text, compared: text, range: text }),
  },
  ['id', 'installedVersion', 'status', 'severity', 'proof'],
);

function findingsIn(list: readonly Package[], most: number): Arbitrary<Finding[]> {
  return fc.array(
    fc
      .tuple(findingFields, fc.constantFrom(...list))
      .map(([fields, pkg]): Finding => ({ kind: 'vulnerability', ...fields, package: pkg })),
    { maxLength: most },
  );
}

/** One result; its target tells it from the others. */
function resultAt(index: number): Arbitrary<Result> {
  return packages.chain((list) =>
    fc
      .record({
        name: text,
        class: fc.constantFrom<Result['class']>('os-pkgs', 'lang-pkgs'),
        type: fc.constantFrom('debian', 'npm', 'jar', 'test'),
        findings: findingsIn(list, 6),
        suppressed: findingsIn(list, 2),
        word: fieldsOf<Pick<SuppressedFinding, 'statement' | 'source'>>({ source: text, statement: text }, ['source']),
      })
      .map(({ name, suppressed, word, ...rest }) => ({
        ...rest,
        target: `${name}-${index}`,
        packages: list,
        ...(suppressed.length > 0 && {
          suppressed: suppressed.map((finding) => ({ finding, status: 'ignored' as const, ...word })),
        }),
      })),
  );
}

const note = fieldsOf<CoverageNote>(
  {
    effect: fc.constantFrom('incomplete', 'note'),
    code: fc.constantFrom('file-unreadable', 'data-stale', 'filtered'),
    message: text,
    path: text,
    layer,
    data: fc.dictionary(text, fc.oneof(text, amount, fc.boolean()), { minKeys: 1, maxKeys: 2 }),
  },
  ['effect', 'code', 'message'],
);

const image = fieldsOf<ImageFacts>(
  {
    id: digest,
    manifestDigest: digest,
    size: amount,
    repoTags: texts,
    repoDigests: texts,
    reference: text,
    config: fc.record({ architecture: text, os: text, created: moment, config: fc.record({ Cmd: texts }) }),
    layers: fc.array(fc.record({ digest, diffId: digest, size: amount }), { minLength: 1, maxLength: 3 }),
  },
  ['id', 'size', 'repoTags', 'repoDigests', 'config', 'layers'],
);

/** Reports as scans make them, or without proofs as those of other programs are: values that are empty are absent. */
export const anyReport: Arbitrary<Report> = fc
  .record(
    {
      artifact: fieldsOf<Report['artifact']>(
        { name: text, type: fc.constantFrom('container_image', 'filesystem', 'cyclonedx', 'spdx'), id: digest },
        ['name', 'type'],
      ),
      os: fieldsOf<NonNullable<Report['os']>>(
        { family: text, name: text, repositoryRelease: text, endOfLife: fc.constant(true) },
        ['family', 'name'],
      ),
      image,
      results: fc.tuple(...[0, 1, 2].map(resultAt)).chain((list) => fc.subarray(list)),
      isProven: fc.boolean(),
      scanners: fc.constantFrom(['vuln'], []),
      severities: fc.subarray([...severities], { minLength: 1 }),
      coverage: fc.record({
        catalogers: fc.array(fc.record({ cataloger: text, files: fc.nat(9), packages: fc.nat(9) }), { maxLength: 2 }),
        notes: fc.array(note, { maxLength: 3 }),
      }),
      data: fc.array(
        fieldsOf<Report['data'][number]>({ name: text, updatedAt: moment, nextUpdate: moment, downloadedAt: moment }, [
          'name',
        ]),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['artifact', 'isProven', 'results', 'scanners', 'severities', 'coverage', 'data'] },
  )
  .map(({ image: facts, isProven, ...parts }) =>
    withVerdict(
      makeReport({
        ...parts,
        results: isProven ? parts.results : parts.results.map(withoutProofs),
        ...(parts.artifact.type === 'container_image' && facts && { image: facts }),
      }),
    ),
  );

function withoutProofs({ suppressed, ...result }: Result): Result {
  const strip = ({ proof: _, ...finding }: Finding): Finding => finding;
  return {
    ...result,
    findings: result.findings.map(strip),
    ...(suppressed && { suppressed: suppressed.map((one) => ({ ...one, finding: strip(one.finding) })) }),
  };
}

function withVerdict(report: Report): Report {
  const count = report.results.reduce((sum, { findings }) => sum + findings.length, 0);
  const open = report.coverage.notes.filter(({ effect }) => effect === 'incomplete');
  const reasons: Report['verdict']['reasons'] = [
    ...(count > 0 ? [{ kind: 'findings' as const, count }] : []),
    ...open.map((one) => ({ kind: 'incomplete' as const, note: one })),
  ];
  const result = count > 0 ? 'fail' : open.length > 0 ? 'incomplete' : 'pass';
  return { ...report, verdict: { result, gated: false, reasons } };
}
