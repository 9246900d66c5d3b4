import type { Finding, Result } from '../../core/index.ts';
import type { RenderPieces, Report } from '../report.ts';
import { coverageCases } from './coverage-cases.ts';
import { attributes, type Case, drawCase } from './test-case.ts';

/** A suite for each target, in which each finding is a failure, and one for what could not be judged. */
export const renderJunit: RenderPieces = function* (report) {
  const cases = coverageCases(report);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';
  yield* drawSuite(`${report.artifact.name} (coverage)`, cases, countsOf(cases));
  for (const result of report.results) yield* drawResult(result);
  yield '</testsuites>\n';
};

function drawResult({ target, type, findings }: Report['results'][number]): Generator<string, void, undefined> {
  const { length } = findings;
  return drawSuite(target, findings.values().map(toCase), { tests: length, failures: length }, type);
}

interface Counts {
  readonly tests: number;
  readonly failures?: number;
  readonly errors?: number;
  readonly skipped?: number;
}

function* drawSuite(
  name: string,
  cases: Iterable<Case>,
  { tests, failures = 0, errors = 0, skipped = 0 }: Counts,
  type: Result['type'] = '',
): Generator<string, void, undefined> {
  yield `    <testsuite${attributes({ tests, failures, name, errors, skipped, time: 0 })}>\n`;
  if (type !== '') {
    yield `        <properties>\n            <property${attributes({ name: 'type', value: type })}></property>\n        </properties>\n`;
  }
  for (const one of cases) yield drawCase(one);
  yield '    </testsuite>\n';
}

function countsOf(cases: readonly Case[]): Counts {
  const outcomes = Map.groupBy(cases, ({ outcome }) => outcome?.kind);
  const count = (kind: NonNullable<Case['outcome']>['kind']): number => outcomes.get(kind)?.length ?? 0;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

/** The names that Trivy's template gives. */
function toCase({ id, severity, title = '', description = '', installedVersion, package: pkg }: Finding): Case {
  return {
    className: `${pkg.name}-${installedVersion}`,
    name: `[${severity}] ${id}`,
    ...(pkg.filePath !== undefined && { file: pkg.filePath }),
    outcome: { kind: 'failure', message: title, type: 'description', text: description },
  };
}
