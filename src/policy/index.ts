export { convertPolicies } from './convert/convert.ts';
export { parseDocuments } from './documents.ts';
export { factMissing } from './errors.ts';
export { podHolders, usualImages } from './images/extract.ts';
export { type Gather, settle } from './judge/settle.ts';
export type { Decision, ImagePatch, ImageResult, RuleResult } from './model/decision.ts';
export type { JsonObject } from './model/json.ts';
export {
  type EvidenceNeed,
  type EvidencePiece,
  type Fact,
  type ImageContent,
  type KeptVerdict,
  type Need,
  needKey,
  type Proof,
} from './model/need.ts';
export { nameOf } from './model/object-name.ts';
export type { Policy } from './model/policy.ts';
export type { ObjectName, PolicyRequest, RequestUser } from './model/request.ts';
export {
  auditWarnOption,
  compatOption,
  convertToOption,
  exceptionOption,
  layoutOption,
  namespaceOption,
  policyFileOption,
  policyFormatOption,
  policyOptions,
  policyReportOption,
  resourceOption,
  warnExitCodeOption,
} from './options.ts';
export { renderPolicyResults } from './output/render.ts';
export { countOutcomes, formatPolicyName, type PolicyReport } from './output/report.ts';
export { toReportResult } from './output/report-result.ts';
export { type PolicyText, parsePolicies } from './parse-policies.ts';
export { matchesWildcard } from './patterns/wildcard.ts';
export { toAdmitted } from './resource.ts';
export { checkExpectations, type TestCase } from './tests/check.ts';
export { readTestFile } from './tests/test-file.ts';
