export {
  type Advisory,
  type AdvisoryData,
  type AdvisoryEntry,
  type AdvisoryStore,
  type CvssScores,
  type DataSource,
  type VulnerabilityDetail,
  type VulnerabilityStatus,
  vulnerabilityStatuses,
} from './advisory.ts';
export type { Catalog, CatalogerDescriptor, CatalogFile, FileHead, FileMatcher, TreeKind } from './cataloger.ts';
export { type Coverage, type CoverageCode, type CoverageNote, isComplete } from './coverage.ts';
export { type Digest, type DigestAlgorithm, digestAlgorithm, digestHex, isDigest } from './digest.ts';
export type {
  ArchiveResolver,
  CompleteApplications,
  Distribution,
  DistributionMatching,
  Ecosystem,
  EndOfLife,
  LanguageEcosystem,
  PackageFormat,
  ResultType,
  SystemFacts,
} from './ecosystem.ts';
export {
  AppError,
  codeOf,
  describeError,
  type ErrorData,
  type ErrorDetails,
  isAppError,
  makeError,
} from './error.ts';
export type { Finding, MatchProof, Result, SuppressedFinding, VulnerabilityFinding } from './finding.ts';
export {
  familiarName,
  formatImageReference,
  type ImageReference,
  parseImageReference,
  repositoryName,
} from './image-reference.ts';
export type {
  Application,
  Archive,
  Coordinates,
  FiledRecord,
  Inventory,
  InventoryRecord,
  LayerInventory,
  OperatingSystem,
  OsReleaseRecord,
  PendingArchive,
  TreeInventory,
} from './inventory.ts';
export type {
  BooleanOption,
  Choice,
  ListOption,
  MapOption,
  NumberOption,
  OptionAlias,
  OptionGroup,
  OptionMap,
  OptionSpec,
  OptionValue,
  PathOption,
  TextOption,
  WithDefault,
} from './option.ts';
export {
  type BuildInfo,
  fullVersion,
  type LayerRef,
  type LineRange,
  type Package,
  type Relationship,
  type SourcePackage,
} from './package.ts';
export { formatPackageUrl, type PackageUrl, parsePackageUrl } from './package-url.ts';
export {
  assertInside,
  type ByteSource,
  type Clock,
  type Fetch,
  type HttpRequest,
  type HttpResponse,
  type IdentitySource,
  type Logger,
  type Progress,
  type ProgressTask,
} from './ports.ts';
export { isSeverity, type Severity, severities, severityFromNumber, severityRank } from './severity.ts';
export type { Verdict, VerdictReason } from './verdict.ts';
