import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { renderSarif } from '../../src/reports/sarif/render.ts';
import { makeFinding, makeResult } from '../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../testkit/report.ts';

const require = createRequire(import.meta.url);
const schema = join(
  dirname(require.resolve('@microsoft/jest-sarif/package.json')),
  'lib/schemas/sarif-2.1.0-rtm.5.json',
);
// One pattern of the schema has a bracket too many, which regular expressions of the Unicode mode refuse.
const ajv = new draft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

function violations(text: string): string[] {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

// Few rules, as the schema asks that no two are the same, which takes the square of their number to see.
const many = makeReport({
  results: [makeResult(Array.from({ length: 25_001 }, (_, index) => makeFinding(`CVE-${index % 9}`, `a-${index}@1`)))],
});

test.each([
  ['a full report', makeFullReport()],
  ['an empty report', makeReport()],
  ['a report of two runs', many],
])('%s follows the schema of SARIF', (_, report) => {
  expect(violations(renderText(renderSarif, report))).toEqual([]);
});

test("so does one under Trivy's name", () => {
  expect(violations(renderText(renderSarif, makeFullReport(), { dialect: 'trivy' }))).toEqual([]);
});

test('breaking the schema would be seen', () => {
  const text = renderText(renderSarif, makeFullReport());
  expect(violations(text.replace('"level": "error"', '"level": "loud"'))).not.toEqual([]);
  expect(violations(text.replace('"rank"', '"rung"'))).not.toEqual([]);
});
