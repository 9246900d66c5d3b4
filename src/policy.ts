export {
  type AppContext,
  type ApplyPoliciesInput,
  applyPolicies,
  type ContextOptions,
  makeContext,
  type RegistryAccess,
  type RegistryLogin,
} from './app/index.ts';
export { type Judgement, judge } from './policy/judge/judge.ts';
export { type Gather, settle } from './policy/judge/settle.ts';
export { explainDecisions, readPolicies } from './policy/library.ts';
export type {
  Check,
  Decision,
  Finding,
  ImagePatch,
  ImageResult,
  Outcome,
  RuleResult,
} from './policy/model/decision.ts';
export type { Json, JsonObject } from './policy/model/json.ts';
export {
  type EvidenceNeed,
  type EvidencePiece,
  type Fact,
  type Facts,
  type ImageContent,
  type KeptVerdict,
  type Need,
  needKey,
  type Proof,
} from './policy/model/need.ts';
export type { Policy, PolicyNote } from './policy/model/policy.ts';
export type { PolicyRequest, RequestUser } from './policy/model/request.ts';
export type { PolicyReport } from './policy/output/report.ts';
export type { PolicyText } from './policy/parse-policies.ts';
export type { Reason } from './verify/index.ts';
