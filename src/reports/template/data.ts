import { listOf, type Shape, type StructShape, struct } from './shape.ts';

const texts = listOf('text');
const layer = struct('types.Layer', { Digest: 'text', DiffID: 'text', CreatedBy: 'text' });
const identifier = struct('types.PkgIdentifier', { UID: 'text', PURL: 'text', BOMRef: 'text' });
const location = struct('types.Location', { StartLine: 'integer', EndLine: 'integer' });

export const packageShape: StructShape = struct('types.Package', {
  ID: 'text',
  Name: 'text',
  Identifier: identifier,
  Version: 'text',
  Release: 'text',
  Epoch: 'integer',
  Arch: 'text',
  Dev: 'boolean',
  SrcName: 'text',
  SrcVersion: 'text',
  SrcRelease: 'text',
  SrcEpoch: 'integer',
  Licenses: texts,
  Maintainer: 'text',
  Modularitylabel: 'text',
  BuildInfo: { kind: 'pointer', to: struct('types.BuildInfo', { ContentSets: texts, Nvr: 'text', Arch: 'text' }) },
  Indirect: 'boolean',
  Relationship: 'text',
  DependsOn: texts,
  Layer: layer,
  FilePath: 'text',
  Digest: 'text',
  Locations: listOf(location),
  InstalledFiles: texts,
  AnalyzedBy: 'text',
});

const cvss = struct('types.CVSS', {
  V2Vector: 'text',
  V3Vector: 'text',
  V40Vector: 'text',
  V2Score: 'float',
  V3Score: 'float',
  V40Score: 'float',
});

const vulnerability = struct('types.Vulnerability', {
  Title: 'text',
  Description: 'text',
  Severity: 'text',
  CweIDs: texts,
  VendorSeverity: { kind: 'map', of: 'integer' },
  CVSS: { kind: 'map', of: cvss },
  References: texts,
  PublishedDate: 'time',
  LastModifiedDate: 'time',
});

export const vulnerabilityShape: StructShape = struct(
  'types.DetectedVulnerability',
  {
    VulnerabilityID: 'text',
    VendorIDs: texts,
    PkgID: 'text',
    PkgName: 'text',
    PkgPath: 'text',
    PkgIdentifier: identifier,
    InstalledVersion: 'text',
    FixedVersion: 'text',
    Status: 'text',
    Layer: layer,
    SeveritySource: 'text',
    PrimaryURL: 'text',
    DataSource: {
      kind: 'pointer',
      to: struct('types.DataSource', { ID: 'text', BaseID: 'text', Name: 'text', URL: 'text' }),
    },
    Fingerprint: 'text',
  },
  { Vulnerability: vulnerability },
);

const line = struct('types.Line', {
  Number: 'integer',
  Content: 'text',
  IsCause: 'boolean',
  Annotation: 'text',
  Truncated: 'boolean',
  Highlighted: 'text',
  FirstCause: 'boolean',
  LastCause: 'boolean',
});
const code = struct('types.Code', { Lines: listOf(line) });

const misconfiguration = struct('types.DetectedMisconfiguration', {
  Type: 'text',
  ID: 'text',
  AVDID: 'text',
  Title: 'text',
  Description: 'text',
  Message: 'text',
  Namespace: 'text',
  Query: 'text',
  Resolution: 'text',
  Severity: 'text',
  PrimaryURL: 'text',
  References: texts,
  Status: 'text',
  Layer: layer,
  CauseMetadata: struct('types.CauseMetadata', {
    Resource: 'text',
    Provider: 'text',
    Service: 'text',
    StartLine: 'integer',
    EndLine: 'integer',
    Code: code,
  }),
});

const secret = struct('types.DetectedSecret', {
  RuleID: 'text',
  Category: 'text',
  Severity: 'text',
  Title: 'text',
  StartLine: 'integer',
  EndLine: 'integer',
  Code: code,
  Match: 'text',
  Layer: layer,
});

const license = struct('types.DetectedLicense', {
  Severity: 'text',
  Category: 'text',
  PkgName: 'text',
  FilePath: 'text',
  Name: 'text',
  Text: 'text',
  Confidence: 'float',
  Link: 'text',
});

/** What a result has beside its packages and vulnerabilities, which are made one by one. */
export const resultFields: Readonly<Record<string, Shape>> = {
  Target: 'text',
  Class: 'text',
  Type: 'text',
  MisconfSummary: {
    kind: 'pointer',
    to: struct('types.MisconfSummary', { Successes: 'integer', Failures: 'integer' }),
  },
  Misconfigurations: listOf(misconfiguration),
  Secrets: listOf(secret),
  Licenses: listOf(license),
  CustomResources: listOf('text'),
};
