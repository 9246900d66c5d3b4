import type { Asks } from '../../../judge/asks.ts';
import type { Fields } from '../../../model/fields.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { Scope } from '../../../model/policy.ts';
import { search } from '../values/search.ts';
import { Unresolved, Untold } from '../values/unresolved.ts';
import { substitute } from '../values/variables.ts';
import { imageData, lookupRefused, objectAt } from './lookups.ts';

/** One entry of a rule's `context`: a name for something. */
export type ContextEntry =
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly value?: Json;
      readonly jmesPath?: string;
      readonly fallback?: Json;
    }
  | { readonly kind: 'configMap'; readonly name: string; readonly map: string; readonly namespace: string }
  | LookupEntry
  /** Asks what nobody here answers. */
  | { readonly kind: 'refused'; readonly name: string; readonly call: string; readonly reason: string };

/** An object of the cluster by its path, or what an image consists of. */
interface LookupEntry {
  readonly kind: 'apiCall' | 'imageRegistry';
  readonly name: string;
  /** With variables. */
  readonly of: string;
  readonly jmesPath?: string;
  readonly fallback?: Json;
}

const asking = ['apiCall', 'imageRegistry', 'globalReference'] as const;

/** @throws POLICY_INVALID */
export function readContext(fields: Fields): ContextEntry {
  const name = fields.required('name');
  const kind = fields.oneOf('variable', 'configMap', ...asking);
  const inner = fields.fields(kind);
  if (inner === undefined) throw fields.invalid(kind, 'is missing');
  if (kind === 'variable') {
    const [value, fallback, jmesPath] = [inner.raw('value'), inner.raw('default'), inner.text('jmesPath')];
    return {
      kind,
      name,
      ...(value !== undefined && { value }),
      ...(fallback !== undefined && { fallback }),
      ...(jmesPath !== undefined && { jmesPath }),
    };
  }
  if (kind !== 'configMap') return readLookup(inner, kind, name);
  return { kind, name, map: inner.required('name'), namespace: inner.text('namespace') ?? 'default' };
}

function readLookup(fields: Fields, kind: (typeof asking)[number], name: string): ContextEntry {
  const refused = (reason: string): ContextEntry => ({ kind: 'refused', name, call: kind, reason });
  if (kind === 'globalReference') return refused('entries of the global context are of Kyverno');
  if (fields.has('service')) return refused('policies ask no services');
  if ((fields.text('method') ?? 'GET') !== 'GET' || fields.has('data')) return refused('policies change nothing');
  const [jmesPath, fallback] = [fields.text('jmesPath'), fields.raw('default')];
  return {
    kind,
    name,
    of: fields.required(kind === 'apiCall' ? 'urlPath' : 'reference'),
    ...(jmesPath !== undefined && { jmesPath }),
    ...(fallback !== undefined && { fallback }),
  };
}

/** The scope with what a rule's `context` names; undefined while something must be known first. @throws Unresolved */
export function withContext(entries: readonly ContextEntry[], scope: Scope, asks: Asks): Scope | undefined {
  let known: Scope | undefined = scope;
  for (const entry of entries) {
    const value: Json | undefined = entryValue(entry, known, asks);
    if (value === undefined) return undefined;
    known = withValue(known, entry.name, value);
  }
  return known;
}

/** A scope with one more value; a name with dots stands for objects within each other. */
export function withValue(scope: Scope, name: string, value: Json): Scope {
  return { ...scope, values: { ...scope.values, [name]: value } };
}

function entryValue(entry: ContextEntry, scope: Scope, asks: Asks): Json | undefined {
  switch (entry.kind) {
    case 'variable':
      return variableOf(entry, scope);
    case 'refused':
      throw lookupRefused(`${entry.call} of the variable ${entry.name}`, entry.reason);
    case 'apiCall':
    case 'imageRegistry':
      return lookUp(entry, scope, asks);
    case 'configMap':
      return mapOf(entry, scope, asks);
  }
}

function variableOf(entry: ContextEntry & { readonly kind: 'variable' }, scope: Scope): Json {
  try {
    const value = entry.value === undefined ? undefined : substitute(entry.value, scope);
    const path = entry.jmesPath === undefined ? undefined : String(substitute(entry.jmesPath, scope));
    const within = value === undefined ? scope : { now: scope.now, values: value as JsonObject };
    const found = path === undefined ? value : search(path, within);
    if (found !== undefined && found !== null) return found as Json;
  } catch (error) {
    const isMissing = error instanceof Unresolved && !(error instanceof Untold);
    if (!isMissing || entry.fallback === undefined) throw error;
  }
  if (entry.fallback === undefined) throw new Unresolved(`the variable ${entry.name} has no value`);
  return substitute(entry.fallback, scope) as Json;
}

/** A look-up that fails fails the rule; its default stands in for what is not in the answer. */
function lookUp({ kind, name, of, jmesPath, fallback }: LookupEntry, scope: Scope, asks: Asks): Json | undefined {
  const wanted = String(substitute(of, scope));
  const answer = kind === 'apiCall' ? objectAt(wanted, asks) : imageData(wanted, asks);
  if (answer === undefined || jmesPath === undefined) return answer;
  const found = search(String(substitute(jmesPath, scope)), { now: scope.now, values: answer as JsonObject });
  if (found !== undefined && found !== null) return found as Json;
  if (fallback === undefined) throw new Unresolved(`the variable ${name} has no value`);
  return substitute(fallback, scope) as Json;
}

function mapOf(entry: ContextEntry & { readonly kind: 'configMap' }, scope: Scope, asks: Asks): Json | undefined {
  const name = String(substitute(entry.map, scope));
  const namespace = String(substitute(entry.namespace, scope));
  const fact = asks.ask({ kind: 'object', apiVersion: 'v1', objectKind: 'ConfigMap', namespace, name });
  if (fact === undefined) return undefined;
  if (fact.kind === 'unknown' || fact.object === undefined) {
    throw new Unresolved(`the ConfigMap ${namespace}/${name} of the variable ${entry.name} is not known`);
  }
  return fact.object;
}
