import { toClauses } from '../../convert/clauses.ts';
import { readWildcard } from '../../convert/patterns.ts';
import type { PortablePolicy } from '../../convert/portable.ts';
import { notConvertible, type RefusePart } from '../../convert/refuse.ts';
import { Fields } from '../../model/fields.ts';
import { type JsonObject, textAt, textsAt } from '../../model/json.ts';
import type { Action } from '../../model/policy.ts';
import { type FailureActions, readActions } from './action.ts';
import { readAttestations } from './attestations.ts';
import { readAttestors } from './attestors.ts';

/** One policy for each entry of `verifyImages`, as all of them must hold. @throws POLICY_NOT_CONVERTIBLE, POLICY_* */
export function readPortable(document: JsonObject): PortablePolicy[] {
  const name = textAt(document, 'metadata', 'name') ?? '';
  const refuse: RefusePart = (at, reason) => notConvertible(name, at, reason);
  const kind = textAt(document, 'kind');
  if (kind !== 'ClusterPolicy') throw refuse('kind', `is ${kind}, which has no counterpart`);
  if (textAt(document, 'metadata', 'annotations', 'pod-policies.kyverno.io/autogen-controllers') !== undefined) {
    throw refuse('metadata.annotations', 'narrows the kinds of objects');
  }
  const spec = new Fields(document, name).fields('spec');
  if (spec === undefined) throw refuse('spec', 'is missing');
  if (spec.list('validationFailureActionOverrides').length > 0) {
    throw refuse('spec.validationFailureActionOverrides', 'has no counterpart');
  }
  const actions = readActions(spec, textsAt(document, 'metadata', 'annotations'));
  const entries = spec.items('rules').flatMap((rule) => readRule(rule, refuse));
  return entries.map((entry, index) => ({
    ...readEntry(entry, actions, refuse),
    name: index === 0 ? name : `${name}-${index + 1}`,
  }));
}

function readRule(rule: Fields, refuse: RefusePart): Fields[] {
  const [other] = rule.others('name', 'match', 'verifyImages', 'skipBackgroundRequests');
  if (other !== undefined) throw refuse(rule.at(other), 'has no counterpart');
  const match = rule.fields('match');
  const filters = match === undefined ? [] : [...match.items('any'), ...match.items('all')];
  const isForPods =
    filters.length === 1 && JSON.stringify(filters[0]?.value) === JSON.stringify({ resources: { kinds: ['Pod'] } });
  if (!isForPods) throw refuse(rule.at('match'), 'is for others than all pods');
  return rule.items('verifyImages');
}

const entryFields = [
  ...['imageReferences', 'attestors', 'attestations', 'repository', 'mutateDigest', 'verifyDigest', 'required'],
  ...['failureAction', 'type', 'useCache'],
];

function readEntry(entry: Fields, actions: FailureActions, refuse: RefusePart): Omit<PortablePolicy, 'name'> {
  const [other] = entry.others(...entryFields);
  if (other !== undefined) throw refuse(entry.at(other), 'has no counterpart');
  if ((entry.text('type') ?? 'Cosign') !== 'Cosign') throw refuse(entry.at('type'), 'is not Cosign');
  const pins = entry.boolean('mutateDigest', true);
  if (entry.boolean('verifyDigest', true) !== pins)
    throw refuse(entry.at('verifyDigest'), 'is not the same as mutateDigest');
  if (entry.text('repository')) throw refuse(entry.at('repository'), 'stands for all attestors; give it to each');
  const all = [readAttestors(entry, 'Cosign'), ...readAttestations(entry, 'Cosign')];
  const clauses = all.flatMap((part) => toClauses(part, entry.path));
  if (clauses.length === 0) throw refuse(entry.at('attestors'), 'is empty');
  const word = entry.choice('failureAction', ['Audit', 'Enforce']) ?? actions.usual;
  const action: Action = word === 'Enforce' ? 'deny' : actions.isScored ? 'audit' : 'warn';
  const images = entry.texts('imageReferences').map((text, index) => {
    const pattern = readWildcard(text);
    if (pattern === undefined)
      throw refuse(entry.at(`imageReferences[${index}]`), 'has wildcards within, or no organisation');
    return pattern;
  });
  return { images, clauses, action, pins, deniesOthers: false };
}
