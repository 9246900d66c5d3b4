import { formatImageReference } from '../../../core/index.ts';
import type { PolicyImage } from '../../images/name.ts';
import type { Fields } from '../../model/fields.ts';
import type { ImageDemand, Requirement } from '../../model/policy.ts';
import { matchesImage } from './specificity.ts';
import { type CosignValidator, proofOf, type Validator } from './validator.ts';

/** One rule: what it demands of the images that it is the most specific one for. */
export interface PatternRule {
  readonly pattern: string;
  readonly demand: ImageDemand;
}

const optionNames = [
  ...['trustRoot', 'mode', 'verifyInTransparencyLog', 'verifySCT', 'verifySct', 'threshold', 'required'],
  // Of validators of other types.
  ...['delegations', 'verificationLevel', 'verifyTimestamp'],
];

/** @throws POLICY_INVALID, POLICY_PATTERN_INVALID */
export function readPatternRule(fields: Fields, validators: readonly Validator[]): PatternRule {
  const pattern = fields.required('pattern');
  matchesImage(pattern, '');
  const name = fields.text('validator') ?? 'default';
  const validator = validators.find((one) => one.name === name);
  if (validator === undefined) throw fields.invalid('validator', `"${name}" is none of the validators`);
  const options = fields.fields('with') ?? fields.with('with', {}).fields('with');
  if (options === undefined) throw fields.invalid('with', 'is missing');
  return { pattern, demand: demandOf(fields.path, pattern, validator, options) };
}

/** The rule that stands for a missing policy section. */
export function defaultRule(validator: Validator, none: Fields): PatternRule {
  return { pattern: '*:*', demand: demandOf('validators', '*:*', validator, none) };
}

function demandOf(at: string, pattern: string, validator: Validator, options: Fields): ImageDemand {
  const [other] = options.others(...optionNames);
  if (other !== undefined) throw options.invalid(other, 'is no field of a rule');
  const mode = options.choice('mode', ['mutate', 'insecureValidateOnly']) ?? 'mutate';
  if (validator.kind === 'static') {
    const message = `static ${validator.approve ? 'approval' : 'deny'} using rule ${pattern}`;
    const requirement: Requirement = { kind: 'static', at: validator.name, holds: validator.approve, message };
    return { at, requirement, pins: false, needsDigest: false };
  }
  return { at, requirement: readRequirement(validator, options), pins: mode === 'mutate', needsDigest: false };
}

/** Trust roots are counted, never signatures, so that nobody counts twice. */
function readRequirement(validator: CosignValidator, options: Fields): Requirement {
  const wanted = options.text('trustRoot') ?? 'default';
  const roots = validator.trustRoots.filter(({ name }) => wanted === '*' || name === wanted);
  if (roots.length === 0)
    throw options.invalid('trustRoot', `"${wanted}" is none of the trust roots of ${validator.name}`);
  const log = options.boolean('verifyInTransparencyLog', true);
  const certificateLog = options.boolean(options.has('verifySct') ? 'verifySct' : 'verifySCT', true);
  const proof = proofOf(validator, { log, certificateLog });
  const named = new Map(roots.map(({ name, requirement }) => [name, requirement(proof)]));
  const required = options.texts('required').map((name) => {
    const requirement = named.get(name);
    if (requirement === undefined)
      throw options.invalid('required', `names "${name}", which is no trust root of the rule`);
    return requirement;
  });
  const threshold = options.integer('threshold', 0) || (required.length > 0 ? required.length : roots.length);
  if (threshold > roots.length) throw options.invalid('threshold', 'is more than there are trust roots');
  const any: Requirement = { kind: 'group', at: validator.name, atLeast: threshold, parts: [...named.values()] };
  if (required.length === 0) return any;
  return { kind: 'group', at: validator.name, parts: [{ kind: 'group', at: 'required', parts: required }, any] };
}

/** The name that patterns are compared with: Docker Hub by its full address, tag and digest kept. */
export function comparedName({ reference }: PolicyImage): string {
  const { registry, digest, tag = digest === undefined ? 'latest' : undefined } = reference;
  const full = { ...reference, registry: registry === 'docker.io' ? 'index.docker.io' : registry };
  return formatImageReference({ ...full, ...(tag !== undefined && { tag }) });
}
