import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { CoverageNote, Finding } from '../../core/index.ts';
import type { RenderOptions, Report } from '../report.ts';
import { renderGitlab } from './render.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed JSON
type Json = any;

const text = { type: 'string', minLength: 1 };
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' };
const address = { type: 'string', pattern: '^(https?|ftp)://.+' };
const program = {
  type: 'object',
  required: ['id', 'name', 'version', 'vendor'],
  properties: { id: text, name: text, version: text, vendor: { required: ['name'], properties: { name: text } } },
};

/** What GitLab refuses a report for, as its container scanning schema 15.0.7 has it. */
const schema = {
  type: 'object',
  required: ['version', 'scan', 'vulnerabilities'],
  properties: {
    version: { const: '15.0.7' },
    scan: {
      required: ['analyzer', 'end_time', 'scanner', 'start_time', 'status', 'type'],
      properties: {
        analyzer: program,
        scanner: program,
        start_time: time,
        end_time: time,
        status: { enum: ['success', 'failure'] },
        type: { const: 'container_scanning' },
        messages: {
          items: {
            required: ['level', 'value'],
            properties: { level: { enum: ['info', 'warn', 'fatal'] }, value: text },
          },
        },
      },
    },
    vulnerabilities: {
      type: 'array',
      items: {
        required: ['id', 'identifiers', 'location'],
        properties: {
          id: text,
          name: { type: 'string', maxLength: 255 },
          description: { type: 'string', maxLength: 1_048_576 },
          severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
          solution: { type: 'string', maxLength: 7000 },
          identifiers: {
            minItems: 1,
            items: {
              required: ['type', 'name', 'value'],
              properties: { type: text, name: text, value: text, url: address },
            },
          },
          cvss_vectors: { minItems: 1, maxItems: 10 },
          links: { items: { required: ['url'], properties: { url: address } } },
          location: {
            required: ['dependency', 'operating_system', 'image'],
            properties: {
              operating_system: text,
              image: text,
              dependency: {
                required: ['package', 'version'],
                properties: {
                  package: { required: ['name'] },
                  version: { type: 'string' },
                  direct: { type: 'boolean' },
                },
              },
            },
          },
        },
      },
    },
  },
};
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

function render(report: Report, options: Partial<RenderOptions> = {}): Json {
  const document = JSON.parse(renderText(renderGitlab, report, options));
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  return document;
}

function vulnerabilityOf(finding: Finding): Json {
  return render(makeReport({ results: [makeResult([finding])] })).vulnerabilities[0];
}

test('a finding has the names that GitLab knows', () => {
  const [vulnerability] = render(makeFullReport()).vulnerabilities;
  expect(vulnerability).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    name: 'liba: a flaw',
    description: 'A flaw in liba.',
    severity: 'Critical',
    solution: 'Upgrade liba to 1:2.0-4',
    scanner: { id: 'plimsoll', name: 'Plimsoll' },
    location: {
      dependency: { package: { name: 'liba' }, version: '1:2.0-3', direct: false },
      operating_system: 'test 1.0',
      image: 'app:1',
    },
    identifiers: [
      { type: 'cve', name: 'CVE-2030-1', value: 'CVE-2030-1', url: 'https://example.com/CVE-2030-1' },
      { type: 'cwe', name: 'CWE-79', value: '79', url: 'https://cwe.mitre.org/data/definitions/79.html' },
    ],
    cvss_vectors: [{ vendor: 'test', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    links: [{ url: 'https://example.com/CVE-2030-1' }],
    details: { path: { name: 'Path', type: 'text', value: 'app/liba.json' } },
  });
});

test('what the schema does not take is left out or cut', () => {
  const finding = makeFinding('GHSA-abcd', 'a@1', {
    title: 'x'.repeat(300),
    primaryUrl: 'javascript:alert(1)',
    references: ['not an address', 'https://example.com/ (a page)', 'ftp://example.com/x'],
    cvss: { nvd: { v3Vector: 'CVSS:3.1/AV:N' }, ghsa: { v3Vector: 'CVSS:9.9/what?' } },
    cweIds: ['CWE-79', 'odd'],
  });
  const vulnerability = vulnerabilityOf(finding);
  expect(vulnerability.name).toHaveLength(255);
  expect(vulnerability.identifiers[0]).toEqual({ type: 'ghsa', name: 'GHSA-abcd', value: 'GHSA-abcd' });
  expect(vulnerability.identifiers).toHaveLength(2);
  expect(vulnerability.links).toEqual([{ url: 'https://example.com/' }, { url: 'ftp://example.com/x' }]);
  expect(vulnerability).not.toHaveProperty('cvss_vectors');
  expect(vulnerability.solution).toBe('No solution provided');
});

test('two places of a package are two vulnerabilities', () => {
  const at = (filePath: string): string =>
    vulnerabilityOf(makeFinding('CVE-1', { name: 'a', version: '1', filePath })).id;
  expect(at('x')).not.toBe(at('y'));
  expect(at('x')).toBe(at('x'));
});

test('a scan that judged everything was a success, and says so', () => {
  const { scan } = render(makeReport());
  expect(scan).toMatchObject({ status: 'success', start_time: '2030-01-02T03:04:05', type: 'container_scanning' });
  expect(scan.messages).toEqual([{ level: 'info', value: 'PASS: no findings' }]);
});

test('a scan that could not judge something is a failure, and says what', () => {
  const { scan } = render(makeFullReport());
  expect(scan.status).toBe('failure');
  expect(scan.messages).toEqual([
    { level: 'warn', value: 'FAIL: 1 finding; test 1.0 is past its end of life; 1 thing could not be judged' },
    { level: 'warn', value: 'app/x.jar ends early' },
  ]);
});

test('what somebody allowed not to be judged is told, and no failure', () => {
  const notes: CoverageNote[] = Array.from({ length: 300 }, (_, index) => ({
    effect: 'incomplete',
    code: 'file-unreadable',
    message: `file ${index}`,
  }));
  const { scan } = render(makeReport({ coverage: { catalogers: [], notes } }));
  expect(scan.status).toBe('success');
  expect(scan.messages).toHaveLength(202);
  expect(scan.messages.at(-1)).toEqual({ level: 'warn', value: '100 more could not be judged' });
});

test("under Trivy's name the scanner is that program", () => {
  const { scan, vulnerabilities } = render(makeFullReport(), { dialect: 'trivy' });
  expect(scan.scanner).toMatchObject({ id: 'trivy', name: 'Trivy', vendor: { name: 'Aqua Security' } });
  expect(vulnerabilities[0].scanner).toEqual({ id: 'trivy', name: 'Trivy' });
});
