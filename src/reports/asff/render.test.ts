import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { RenderOptions, Report } from '../report.ts';
import { renderAsff } from './render.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed JSON
type Json = any;

function textOf(maxLength: number): object {
  return { type: 'string', minLength: 1, maxLength };
}

/** What Security Hub refuses a finding for, as the reference of its format has it. */
const schema = {
  required: [
    ...['SchemaVersion', 'Id', 'ProductArn', 'GeneratorId', 'AwsAccountId', 'Types', 'CreatedAt', 'UpdatedAt'],
    ...['Severity', 'Title', 'Description', 'Resources'],
  ],
  properties: {
    SchemaVersion: { const: '2018-10-08' },
    Id: textOf(512),
    ProductArn: { pattern: '^arn:aws(-cn|-us-gov)?:securityhub:[a-z0-9-]+:(\\d{12})?:product/[^/]+/[^/]+$' },
    GeneratorId: textOf(512),
    AwsAccountId: { pattern: '^\\d{12}$' },
    Types: { minItems: 1, maxItems: 50, items: { pattern: '^Software and Configuration Checks(/[^/]+){0,2}$' } },
    CreatedAt: { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
    Severity: { properties: { Label: { enum: ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] } } },
    Title: textOf(256),
    Description: textOf(1024),
    RecordState: { enum: ['ACTIVE', 'ARCHIVED'] },
    Remediation: { properties: { Recommendation: { properties: { Text: textOf(512) } } } },
    Resources: {
      minItems: 1,
      maxItems: 32,
      items: {
        required: ['Type', 'Id'],
        properties: {
          Id: textOf(512),
          Details: {
            properties: {
              Container: { properties: { ImageName: textOf(128) } },
              Other: { maxProperties: 50, additionalProperties: { allOf: [textOf(1024), { pattern: '\\S' }] } },
            },
          },
        },
      },
    },
  },
};
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

function findingsOf(report: Report, options: Partial<RenderOptions> = {}): Json[] {
  const { Findings } = JSON.parse(renderText(renderAsff, report, options));
  for (const finding of Findings) {
    validate(finding);
    expect(validate.errors ?? []).toEqual([]);
  }
  return Findings;
}

test("a finding has the names and details of Trivy's template, in the account's own product", () => {
  const [, finding] = findingsOf(makeFullReport());
  expect(finding).toMatchObject({
    Id: 'app:1 (test 1.0)/CVE-2030-1/liba/1:2.0-3/app/liba.json',
    ProductArn: 'arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default',
    GeneratorId: 'Plimsoll/CVE-2030-1',
    AwsAccountId: '123456789012',
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    CreatedAt: '2030-01-02T03:04:05.000Z',
    Severity: { Label: 'CRITICAL' },
    Title: 'CVE-2030-1 in liba 1:2.0-3 of app:1 (test 1.0)',
    Description: 'A flaw in liba.',
    Remediation: {
      Recommendation: { Text: 'Upgrade liba to 1:2.0-4', Url: 'https://example.com/CVE-2030-1' },
    },
    RecordState: 'ACTIVE',
  });
  expect(finding.Resources[0]).toMatchObject({ Type: 'Container', Partition: 'aws', Region: 'eu-west-1' });
  expect(finding.Resources[0].Details.Other).toEqual({
    'CVE ID': 'CVE-2030-1',
    'CVE Title': 'liba: a flaw',
    PkgName: 'liba',
    'Installed Package': '1:2.0-3',
    'Patched Package': '1:2.0-4',
    NvdCvssScoreV3: '0',
    NvdCvssScoreV2: '0',
  });
  expect(finding.Vulnerabilities[0]).toMatchObject({
    Id: 'CVE-2030-1',
    VulnerablePackages: [{ Name: 'liba', Version: '1:2.0-3', FixedInVersion: '1:2.0-4' }],
    Cvss: [{ Version: '3.1', BaseScore: 9.8, Source: 'test' }],
    FixAvailable: 'YES',
  });
});

test('what is unknown is informational; what is empty or too long is left out or cut', () => {
  const finding = makeFinding('CVE-1', `${'a'.repeat(600)}@1`, { severity: 'UNKNOWN', description: 'x'.repeat(2000) });
  const target = `registry.example.com/${'x'.repeat(600)}:tag (test 1.0)`;
  const [, found] = findingsOf(makeReport({ results: [makeResult([finding], { target })] }));
  expect(found.Severity.Label).toBe('INFORMATIONAL');
  expect(found.Description).toHaveLength(1024);
  expect(found.Resources[0].Details.Container.ImageName).toMatch(/^\.\.\.x+:tag \(test 1\.0\)$/);
  expect(found).not.toHaveProperty('Remediation');
});

test('what could not be judged is a finding, which the next whole scan archives', () => {
  const [open] = findingsOf(makeFullReport());
  const [whole, ...others] = findingsOf(makeReport());
  expect(open).toMatchObject({
    Title: '1 thing in app:1 could not be judged',
    Description: 'app/x.jar ends early',
    Severity: { Label: 'MEDIUM' },
    RecordState: 'ACTIVE',
  });
  expect(whole).toMatchObject({ Id: open.Id, RecordState: 'ARCHIVED', Severity: { Label: 'INFORMATIONAL' } });
  expect(others).toEqual([]);
});

test.each([
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eu-west-1', 'aws'],
])('%s is in the partition %s', (region, partition) => {
  const environment = { AWS_ACCOUNT_ID: '123456789012', AWS_DEFAULT_REGION: region };
  expect(findingsOf(makeReport(), { environment })[0].ProductArn).toContain(`arn:${partition}:securityhub:${region}:`);
});

test.each([
  {},
  { AWS_ACCOUNT_ID: '123456789012' },
  { AWS_ACCOUNT_ID: '12', AWS_REGION: 'eu-west-1' },
  { AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'x/y' },
])('without an account and a region there is nothing to write: %j', (environment) => {
  expect(() => renderText(renderAsff, makeReport(), { environment })).toThrowCode('REPORTS_ACCOUNT_MISSING');
});

test("under Trivy's name the product is that of its vendor", () => {
  const [finding] = findingsOf(makeReport(), { dialect: 'trivy' });
  expect(finding.ProductArn).toBe('arn:aws:securityhub:eu-west-1::product/aquasecurity/aquasecurity');
});
