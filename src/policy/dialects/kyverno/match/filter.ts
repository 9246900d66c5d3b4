import type { Asks } from '../../../judge/asks.ts';
import type { Fields } from '../../../model/fields.ts';
import { isObject, textsAt } from '../../../model/json.ts';
import { nameOf } from '../../../model/object-name.ts';
import type { PolicyRequest, RequestUser } from '../../../model/request.ts';
import { matchesWildcard } from '../../../patterns/wildcard.ts';
import { matchesKind } from './kinds.ts';
import { matchesPairs, matchesSelector, readSelector, type Selector } from './selector.ts';

/** One filter of `match` or `exclude`; everything that it has must match, and of a list one. */
export interface Filter {
  readonly kinds: readonly string[];
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  readonly operations: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly selector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly roles: readonly string[];
  readonly clusterRoles: readonly string[];
  readonly subjects: readonly Subject[];
}

interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  readonly namespace: string;
}

/** Undefined while the labels of a namespace have to be asked for. */
type Match = boolean | undefined;

/** @throws POLICY_INVALID, also for a filter that says nothing */
export function readFilter(fields: Fields): Filter {
  const resources = fields.fields('resources');
  const name = resources?.text('name');
  const filter: Filter = {
    kinds: resources?.texts('kinds') ?? [],
    names: [...(resources?.texts('names') ?? []), ...(name ? [name] : [])],
    namespaces: resources?.texts('namespaces') ?? [],
    operations: resources?.texts('operations') ?? [],
    annotations: resources?.textMap('annotations') ?? {},
    ...selectorOf(resources, 'selector'),
    ...selectorOf(resources, 'namespaceSelector'),
    roles: fields.texts('roles'),
    clusterRoles: fields.texts('clusterRoles'),
    subjects: fields.items('subjects').map(readSubject),
  };
  if (Object.values(filter).every(isEmpty)) throw fields.invalid('', 'is an empty filter');
  return filter;
}

function selectorOf<K extends string>(fields: Fields | undefined, name: K): { readonly [P in K]?: Selector } {
  const selector = fields?.fields(name);
  return (selector === undefined ? {} : { [name]: readSelector(selector) }) as { readonly [P in K]?: Selector };
}

function readSubject(fields: Fields): Subject {
  const kind = fields.choice('kind', ['User', 'Group', 'ServiceAccount']);
  if (kind === undefined) throw fields.invalid('kind', 'is missing');
  return { kind, name: fields.required('name'), namespace: fields.text('namespace') ?? '' };
}

function isEmpty(value: unknown): boolean {
  return isObject(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;
}

/** Whether a filter matches; one that is about users `otherwise` does so when nobody is known to ask. */
export function matchesFilter(filter: Filter, request: PolicyRequest, asks: Asks, otherwise: boolean): Match {
  const name = nameOf(request.object);
  const { subResource = '', operation, object } = request;
  const listed = (patterns: readonly string[], text: string): boolean =>
    patterns.length === 0 || patterns.some((pattern) => matchesWildcard(pattern, text));
  if (filter.operations.length > 0 && !filter.operations.includes(operation)) return false;
  if (filter.kinds.length > 0 && !filter.kinds.some((kind) => matchesKind(kind, name, subResource))) return false;
  if (!listed(filter.names, name.name) || !listed(filter.namespaces, name.namespace)) return false;
  if (!matchesPairs(filter.annotations, textsAt(object, 'metadata', 'annotations'))) return false;
  const labels = textsAt(object, 'metadata', 'labels');
  if (filter.selector !== undefined && !matchesSelector(filter.selector, labels)) return false;
  if (!matchesUser(filter, request.user, otherwise)) return false;
  return matchesNamespace(filter.namespaceSelector, name, asks, otherwise);
}

function matchesUser(filter: Filter, user: RequestUser | undefined, otherwise: boolean): boolean {
  const { roles, clusterRoles, subjects } = filter;
  if (roles.length + clusterRoles.length + subjects.length === 0) return true;
  if (user === undefined) return otherwise;
  const holds = (wanted: readonly string[], own: readonly string[] | undefined): boolean =>
    wanted.length === 0 || (own === undefined ? otherwise : wanted.some((role) => own.includes(role)));
  return (
    holds(roles, user.roles) &&
    holds(clusterRoles, user.clusterRoles) &&
    (subjects.length === 0 || subjects.some((subject) => isSubject(subject, user)))
  );
}

function isSubject({ kind, name, namespace }: Subject, { username, groups }: RequestUser): boolean {
  if (kind === 'ServiceAccount') return username === `system:serviceaccount:${namespace}:${name}`;
  return (kind === 'User' ? [username] : groups).some((own) => matchesWildcard(name, own));
}

/** Labels that cannot be had match what a rule is for, and never what it leaves out. */
function matchesNamespace(
  selector: Selector | undefined,
  { namespace, kind }: { readonly namespace: string; readonly kind: string },
  asks: Asks,
  otherwise: boolean,
): Match {
  if (selector === undefined) return true;
  if (kind === 'Namespace' || namespace === '') return false;
  const fact = asks.ask({ kind: 'object', apiVersion: 'v1', objectKind: 'Namespace', name: namespace });
  if (fact === undefined) return undefined;
  if (fact.kind === 'unknown' || fact.object === undefined) return otherwise;
  return matchesSelector(selector, textsAt(fact.object, 'metadata', 'labels'));
}
