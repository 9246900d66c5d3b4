import { usualPlaces } from '../../images/extract.ts';
import type { PolicyImage } from '../../images/name.ts';
import { nameOf } from '../../model/object-name.ts';
import type { Action, ImageDemand, ImageRule, Policy } from '../../model/policy.ts';
import type { PolicyRequest } from '../../model/request.ts';
import { matchesWildcard } from '../../patterns/wildcard.ts';
import type { ImagePolicy, ImagePolicySpec } from './image-policy.ts';
import { isExcepted, isNamed } from './names.ts';
import { readRequirement } from './requirement.ts';

const actions = { enforce: 'deny', audit: 'audit', warn: 'warn' } as const;

/** What a failure does. */
export function actionOf({ mode = 'enforce' }: ImagePolicySpec): Action {
  return actions[mode];
}

/** @throws POLICY_INVALID, POLICY_KEY_*, POLICY_PATTERN_INVALID */
export function makePolicy({ metadata, kind, spec }: ImagePolicy): Policy {
  const { pin = true, unmatched = 'allow' } = spec;
  const action = actionOf(spec);
  const { name } = metadata;
  const demand: ImageDemand = {
    at: 'spec',
    requirement: readRequirement(spec, name),
    pins: pin,
    needsDigest: pin,
  };
  const rule: ImageRule = {
    name,
    applies: (request) =>
      isFor(spec, request) ? { kind: 'yes', scope: { now: request.at, values: {} } } : { kind: 'no' },
    demandsOf: (image) => demandsOf(spec, demand, image),
    places: usualPlaces,
    actionFor: () => action,
    failsOpen: action !== 'deny',
  };
  return {
    name: { dialect: 'plimsoll', kind, name },
    rules: [rule],
    notes: [],
    ...(unmatched === 'deny' && { uncovered: (request) => (isFor(spec, request) ? action : undefined) }),
  };
}

function demandsOf({ images, except = [] }: ImagePolicySpec, demand: ImageDemand, image: PolicyImage): ImageDemand[] {
  if (!images.some((pattern) => isNamed(image, pattern))) return [];
  if (!except.some((pattern) => isExcepted(image, pattern))) return [demand];
  return [{ ...demand, skip: `${image.text} is excepted` }];
}

function isFor({ namespaces, exceptNamespaces = [] }: ImagePolicySpec, { object, operation }: PolicyRequest): boolean {
  const { namespace } = nameOf(object);
  const isIn = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesWildcard(pattern, namespace));
  return operation !== 'DELETE' && (namespaces === undefined || isIn(namespaces)) && !isIn(exceptNamespaces);
}
