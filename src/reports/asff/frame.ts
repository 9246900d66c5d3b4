import { reportError } from '../errors.ts';
import { programOf } from '../program.ts';
import type { RenderOptions, Report } from '../report.ts';
import { shorten } from '../shorten.ts';

/** What one finding says. */
export interface FindingParts {
  /** Unique within the product. */
  readonly id: string;
  readonly generator: string;
  readonly type: string;
  readonly label: 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
  readonly title: string;
  readonly description: string;
  readonly target: string;
  readonly other: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly state?: 'ACTIVE' | 'ARCHIVED';
}

/** Puts what all findings of one report say around what one says. */
export type Frame = (parts: FindingParts) => Record<string, unknown>;

/** @throws REPORTS_ACCOUNT_MISSING without an account of 12 digits and a region */
export function makeFrame({ createdAt }: Report, options: RenderOptions): Frame {
  const { account, region } = accountOf(options);
  const { name } = programOf(options);
  const time = createdAt.toISOString();
  const partition = partitionOf(region);
  const product =
    options.dialect === 'trivy' ? ':product/aquasecurity/aquasecurity' : `${account}:product/${account}/default`;
  return (parts) => ({
    SchemaVersion: '2018-10-08',
    Id: shorten(parts.id, 512),
    ProductArn: `arn:${partition}:securityhub:${region}:${product}`,
    GeneratorId: shorten(`${name}/${parts.generator}`, 512),
    AwsAccountId: account,
    Types: [parts.type],
    CreatedAt: time,
    UpdatedAt: time,
    Severity: { Label: parts.label },
    Title: shorten(parts.title, 256),
    Description: shorten(parts.description || parts.title, 1024),
    ...parts.more,
    ProductFields: { 'Product Name': name },
    Resources: [toResource(parts, { partition, region })],
    RecordState: parts.state ?? 'ACTIVE',
  });
}

function toResource(
  { target, other }: FindingParts,
  { partition, region }: { readonly partition: string; readonly region: string },
): Record<string, unknown> {
  // What is empty is refused.
  const told = Object.entries(other).filter(([, value]) => value.trim() !== '');
  return {
    Type: 'Container',
    Id: shorten(target, 512),
    Partition: partition,
    Region: region,
    Details: {
      // The end says more than the start: tag and digest.
      Container: { ImageName: target.length > 127 ? `...${target.slice(-124).toWellFormed()}` : target },
      Other: Object.fromEntries(told.map(([key, value]) => [key, shorten(value, 1024)])),
    },
  };
}

function accountOf({ environment = {} }: RenderOptions): { readonly account: string; readonly region: string } {
  const account = environment['AWS_ACCOUNT_ID'] ?? '';
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || '';
  if (!/^\d{12}$/.test(account) || !/^[a-z]{2,}(?:-[a-z0-9]+)+$/.test(region))
    throw reportError('REPORTS_ACCOUNT_MISSING');
  return { account, region };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
