import { expect, test } from 'vitest';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import { renderJson } from '../json/render.ts';
import type { RenderOptions, Report } from '../report.ts';
import { renderCosignVuln } from './render.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed JSON
type Json = any;

function render(report: Report, options: Partial<RenderOptions> = {}): Json {
  return JSON.parse(renderText(renderCosignVuln, report, options));
}

test('the predicate is what Trivy writes, with the JSON report as its result', () => {
  const report = makeFullReport();
  expect(render(report, { dialect: 'trivy' })).toEqual({
    invocation: { parameters: null, uri: '', event_id: '', 'builder.id': '' },
    scanner: {
      uri: 'pkg:github/aquasecurity/trivy@1.2.3',
      version: '1.2.3',
      db: { uri: '', version: '' },
      result: JSON.parse(renderText(renderJson, report, { dialect: 'trivy' })),
    },
    metadata: { scanStartedOn: '2030-01-02T03:04:05.000Z', scanFinishedOn: '2030-01-02T03:04:05.000Z' },
  });
});

test('ours says which data it rests on, and its result holds the verdict', () => {
  const { scanner } = render(makeFullReport());
  expect(scanner).toMatchObject({
    uri: 'pkg:npm/plimsoll@1.2.3',
    db: { uri: 'test-db', version: '2030-01-01T00:00:00Z' },
    result: { Plimsoll: { Verdict: { Result: 'fail' }, Coverage: { Notes: [{ Effect: 'incomplete' }] } } },
  });
  expect(render(makeReport()).scanner.db).toEqual({ uri: '', version: '' });
});
