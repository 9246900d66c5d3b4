import { usualPlaces } from '../../images/extract.ts';
import { Fields } from '../../model/fields.ts';
import { type JsonObject, textAt } from '../../model/json.ts';
import type { ImageDemand, Policy, Requirement } from '../../model/policy.ts';
import { readAuthority } from './authority.ts';
import { readMatch } from './match.ts';
import { globMistake, isNamed } from './names.ts';
import type { GivenRoots } from './trust-root.ts';

/** A ClusterImagePolicy: any of its authorities must be satisfied. @throws POLICY_INVALID, POLICY_KEY_* */
export function readClusterImagePolicy(document: JsonObject, roots: GivenRoots): Policy {
  const name = textAt(document, 'metadata', 'name') ?? '';
  const whole = new Fields(document, name || 'a ClusterImagePolicy without a name');
  const spec = whole.fields('spec');
  if (name === '' || spec === undefined) throw whole.invalid(name === '' ? 'metadata.name' : 'spec', 'is missing');
  const globs = spec.items('images').map(readGlob);
  if (globs.length === 0) throw spec.invalid('images', 'is empty');
  const takesIn = readMatch(spec);
  const isWarning = spec.choice('mode', ['enforce', 'warn']) === 'warn';
  const demand: ImageDemand = { at: 'spec', requirement: readRequirement(spec, roots), pins: true, needsDigest: true };
  return {
    name: { dialect: 'policy-controller', kind: 'ClusterImagePolicy', name },
    rules: [
      {
        name: 'authorities',
        applies: (request) =>
          request.operation !== 'DELETE' && takesIn(request.object)
            ? { kind: 'yes', scope: { now: request.at, values: {} } }
            : { kind: 'no' },
        demandsOf: (image) => (globs.some((glob) => isNamed(image, glob)) ? [demand] : []),
        places: usualPlaces,
        actionFor: () => (isWarning ? 'warn' : 'deny'),
      },
    ],
    notes: [],
    uncovered: ({ operation }) => (operation === 'DELETE' ? undefined : 'deny'),
  };
}

function readGlob(fields: Fields): string {
  const glob = fields.required('glob');
  const mistake = globMistake(glob);
  if (mistake !== undefined) throw fields.invalid('glob', mistake);
  return glob;
}

function readRequirement(spec: Fields, roots: GivenRoots): Requirement {
  const authorities = spec.items('authorities').map((item, index) => readAuthority(item, index, roots));
  if (authorities.length === 0) throw spec.invalid('authorities', 'is empty');
  const any: Requirement = { kind: 'group', at: 'authorities', atLeast: 1, parts: authorities };
  if (!spec.has('policy')) return any;
  const message = 'conditions in CUE and Rego are not judged';
  return { kind: 'group', at: 'spec', parts: [any, { kind: 'static', at: 'policy', holds: false, message }] };
}
