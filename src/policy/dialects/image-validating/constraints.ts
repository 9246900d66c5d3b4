import type { Asks } from '../../judge/asks.ts';
import type { Fields } from '../../model/fields.ts';
import { textsAt } from '../../model/json.ts';
import { nameOf } from '../../model/object-name.ts';
import type { PolicyRequest } from '../../model/request.ts';
import { resourceOf } from '../../model/resources.ts';
import { readSelector } from './selector.ts';

/** Whether a request is one that a policy is for; undefined while the labels of its namespace must be asked for. */
export type Constraints = (request: PolicyRequest, asks: Asks) => boolean | undefined;

/** Reads `matchConstraints` (admissionregistration.k8s.io, MatchResources). @throws POLICY_INVALID */
export function readConstraints(spec: Fields): Constraints {
  const fields = spec.fields('matchConstraints');
  const rules = fields?.items('resourceRules').map(readRule) ?? [];
  if (fields === undefined || rules.length === 0) {
    throw spec.invalid('matchConstraints.resourceRules', 'is empty');
  }
  const excluded = fields.items('excludeResourceRules').map(readRule);
  const hasLabels = readSelector(fields.fields('objectSelector'));
  const inNamespace = readNamespace(fields);
  return (request, asks) => {
    if (!rules.some((matches) => matches(request)) || excluded.some((matches) => matches(request))) return false;
    if (!hasLabels(textsAt(request.object, 'metadata', 'labels'))) return false;
    return inNamespace(request, asks);
  };
}

/** A namespace whose labels cannot be had is one that the policy is for. */
function readNamespace(fields: Fields): Constraints {
  const selector = fields.fields('namespaceSelector');
  if (selector === undefined || Object.keys(selector.value).length === 0) return () => true;
  const hasLabels = readSelector(selector);
  return (request, asks) => {
    const { namespace, kind } = nameOf(request.object);
    if (kind === 'Namespace') return hasLabels(textsAt(request.object, 'metadata', 'labels'));
    if (namespace === '') return true;
    const fact = asks.ask({ kind: 'object', apiVersion: 'v1', objectKind: 'Namespace', name: namespace });
    if (fact === undefined) return undefined;
    if (fact.kind === 'unknown' || fact.object === undefined) return true;
    return hasLabels(textsAt(fact.object, 'metadata', 'labels'));
  };
}

/** Containers that are added to a running pod are its own, whether or not the rule names that way of adding them. */
function readRule(fields: Fields): (request: PolicyRequest) => boolean {
  const [groups, versions, resources] = ['apiGroups', 'apiVersions', 'resources'].map((name) => fields.texts(name));
  const [operations, names] = ['operations', 'resourceNames'].map((name) => fields.texts(name));
  const lists = (list: readonly string[] | undefined, word: string): boolean =>
    list?.some((item) => item === '*' || item === word) ?? false;
  return ({ object, operation, subResource = '' }) => {
    const { group, version, kind, name } = nameOf(object);
    const isNamed = names === undefined || names.length === 0 || names.includes(name);
    return (
      lists(groups, group) &&
      lists(versions, version) &&
      lists(operations, operation) &&
      isNamed &&
      (resources?.some((wanted) => isResource(wanted, resourceOf(kind), subResource)) ?? false)
    );
  };
}

function isResource(wanted: string, resource: string, subResource: string): boolean {
  const [main = '', sub = ''] = wanted.split('/');
  if (main !== '*' && main !== resource) return false;
  if (subResource === 'ephemeralcontainers' && sub === '') return true;
  return wanted === '*' ? subResource === '' : sub === '*' || sub === subResource;
}
