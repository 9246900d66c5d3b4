import { relative, resolve } from 'node:path';
import { type DataOptions, makeContext, scanImage, scanSbom } from '../../src/app/index.ts';
import { describeError, isAppError } from '../../src/core/index.ts';
import type { Report } from '../../src/reports/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import { validateSbom } from '../../src/sbom/operations.ts';
import type { Case } from '../compare/corpus.ts';
import { DatabaseCopies } from '../compare/database-copy.ts';
import { compareReports, type SetDifference } from '../compare/difference.ts';
import type { Json } from '../compare/json.ts';
import { findDocuments, type SbomDocument, writeDocuments } from './documents.ts';
import { schemaViolations } from './schema.ts';

/** How the scan of one SBOM compares with the scan of its image. */
export interface SbomOutcome {
  readonly image: string;
  readonly document: string;
  readonly packages: SetDifference;
  readonly findings: SetDifference;
  readonly sameVerdict: boolean;
  /** Rules that one of ours breaks. */
  readonly violations: readonly string[];
  readonly error?: string;
}

const data: DataOptions = { skipUpdate: true, skipJavaUpdate: true };
const none: SetDifference = { equal: 0, missing: [], extra: [] };

/** Scans each image and each SBOM of it with the same database. */
export async function runSbomCases(cases: readonly Case[], directory: string): Promise<SbomOutcome[]> {
  const copies = new DatabaseCopies();
  const started = process.cwd();
  process.chdir(directory);
  try {
    const outcomes: SbomOutcome[] = [];
    for (const one of cases) outcomes.push(...(await runImage(one, copies.of(one.cacheDir))));
    return outcomes;
  } finally {
    process.chdir(started);
    copies.remove();
  }
}

async function runImage({ name, image, reference }: Case, cacheDir: string): Promise<SbomOutcome[]> {
  const path = relative(process.cwd(), resolve(image));
  const report = await scanImage({ image: { kind: 'archive', path }, data }, makeContext({ cacheDir }));
  const documents = [...(await writeDocuments(report)), ...findDocuments(reference)];
  const outcomes: SbomOutcome[] = [];
  for (const document of documents) outcomes.push(await runDocument(name, report, document, cacheDir));
  return outcomes;
}

async function runDocument(
  image: string,
  report: Report,
  { name, bytes, isOurs }: SbomDocument,
  cacheDir: string,
): Promise<SbomOutcome> {
  const common = { image, document: name };
  try {
    const sbom = { kind: 'bytes', name: report.artifact.name, bytes } as const;
    const again = await scanSbom({ sbom, data }, makeContext({ cacheDir }));
    const { packages, findings } = compareReports(await toJson(report), await toJson(again));
    const sameVerdict = report.verdict.result === again.verdict.result;
    const violations = isOurs ? await violationsOf(name, bytes) : [];
    return { ...common, packages, findings, sameVerdict, violations };
  } catch (error) {
    const code = isAppError(error) ? `${error.code}: ` : '';
    const failed = { packages: none, findings: none, sameVerdict: false, violations: [] };
    return { ...common, ...failed, error: code + describeError(error) };
  }
}

/** By our own rules, and by the standard's schema where there is one. */
async function violationsOf(name: string, bytes: Buffer): Promise<string[]> {
  const { problems } = await validateSbom(bytes);
  const [format = '', version = ''] = name.split(' ');
  return [
    ...problems.map(({ path, message }) => `${path}: ${message}`),
    ...(await schemaViolations(format, version, bytes.toString('utf8'))),
  ];
}

async function toJson(report: Report): Promise<Json> {
  const render = await reportFormats.get('json')?.load();
  if (render === undefined) throw new TypeError('there is no JSON format');
  const rendered = render(report, { dialect: 'trivy', programVersion: '', listPackages: true, colour: false });
  return JSON.parse(typeof rendered === 'string' ? rendered : [...rendered].join('')) as Json;
}

export function isEqualOutcome({ packages, findings, sameVerdict, violations, error }: SbomOutcome): boolean {
  const lists = [packages.missing, packages.extra, findings.missing, findings.extra, violations];
  return error === undefined && sameVerdict && lists.every((list) => list.length === 0);
}
