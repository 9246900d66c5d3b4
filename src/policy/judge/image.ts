import { type Digest, formatImageReference } from '../../core/index.ts';
import { nameByDigest, type PolicyImage, tagOf } from '../images/name.ts';
import type { Check, Finding, ImageResult } from '../model/decision.ts';
import type { Fact } from '../model/need.ts';
import type { ImageDemand, Requirement, Scope } from '../model/policy.ts';
import type { Asks } from './asks.ts';
import { evaluate } from './requirement.ts';

/** Judges one image by one demand; undefined when something must be known first. */
export function judgeImage(image: PolicyImage, demand: ImageDemand, scope: Scope, asks: Asks): ImageResult | undefined {
  const base = { image: formatImageReference(withTag(image)), pointers: image.pointers, checks: [] };
  if (demand.skip !== undefined) return { ...base, outcome: 'skip', message: demand.skip };
  const { digest } = image.reference;
  if (!asksSomething(demand.requirement) && (digest !== undefined || !demand.pins)) {
    return judgeDigest(base, demand, digest);
  }
  const found: Fact | undefined =
    digest === undefined ? asks.ask({ kind: 'digest', image: base.image }) : { kind: 'digest', digest };
  switch (found?.kind) {
    case 'digest':
      return judgeContent(base, image, demand, { digest: found.digest, scope, asks });
    case 'unknown':
      return withoutDigest(base, demand, found.reason);
    default:
      return undefined;
  }
}

type Base = Pick<ImageResult, 'image' | 'pointers' | 'checks'>;

/** Nothing can be said of an image that is not there, or not found out about. */
function withoutDigest(base: Base, { at, message: said }: ImageDemand, { code, message }: Finding): ImageResult {
  const check: Check = { at, holds: false, demand: 'its digest', findings: [{ code, message }], checks: [] };
  const told = said ?? `failed to verify image ${base.image}: ${message}`;
  return { ...base, outcome: 'error', message: told, checks: [check] };
}

function judgeContent(
  base: Base,
  image: PolicyImage,
  demand: ImageDemand,
  { digest, scope, asks }: { readonly digest: Digest; readonly scope: Scope; readonly asks: Asks },
): ImageResult | undefined {
  const name = nameByDigest(image.reference, digest);
  const evaluated = evaluate(demand.requirement, { image, scope, asks, name });
  if (evaluated === undefined) return undefined;
  const { check, broke, warnings = [] } = evaluated;
  const judged = { ...base, digest, checks: [check], ...(warnings.length > 0 && { warnings }) };
  if (check.holds) return judgeDigest(judged, demand, demand.pins ? digest : image.reference.digest);
  const message = demand.message ?? `failed to verify image ${base.image}: ${whyNot(check)}`;
  return { ...judged, outcome: broke ? 'error' : 'fail', message };
}

function withTag({ reference }: PolicyImage): PolicyImage['reference'] {
  const tag = tagOf(reference);
  return { ...reference, ...(tag !== undefined && { tag }) };
}

function judgeDigest(
  base: Omit<ImageResult, 'outcome' | 'message'>,
  { needsDigest, requirement }: ImageDemand,
  digest: Digest | undefined,
): ImageResult {
  if (needsDigest && digest === undefined) {
    return { ...base, outcome: 'fail', message: `missing digest for ${base.image}` };
  }
  const message = asksSomething(requirement) ? `verified image ${base.image}` : `${base.image} has a digest`;
  return {
    ...base,
    outcome: 'pass',
    message: needsDigest || asksSomething(requirement) ? message : 'nothing demanded',
  };
}

/** Whether a requirement is more than an empty list. */
function asksSomething(requirement: Requirement): boolean {
  if (requirement.kind === 'static') return !requirement.holds;
  return requirement.kind !== 'group' || requirement.parts.some(asksSomething);
}

/** The first demand that does not hold, from its place in the policy to what was found. */
function whyNot({ at, findings, checks, demand }: Check): string {
  const inner = checks.find(({ holds }) => !holds);
  if (findings.length === 0 && inner !== undefined) return whyNot(inner);
  const reasons = findings.map(({ message }) => message);
  return `${at}: ${reasons.length > 0 ? [...new Set(reasons)].join('; ') : `${demand}: not enough`}`;
}
