import { type Outcome, outcomes } from '../model/decision.ts';
import { Fields } from '../model/fields.ts';
import { type JsonObject, textAt } from '../model/json.ts';

/** A file `kyverno-test.yaml` (cli.kyverno.io/v1alpha1, Test): what policies are to say of resources. */
export interface PolicyTests {
  readonly name: string;
  /** Paths relative to the file. */
  readonly policies: readonly string[];
  readonly resources: readonly string[];
  readonly exceptions: readonly string[];
  readonly expectations: readonly Expectation[];
}

/** What one rule is to say of one resource. */
export interface Expectation {
  /** `namespace/name` for policies of one namespace. */
  readonly policy: string;
  /** Every rule of the policy without one. */
  readonly rule?: string;
  readonly kind?: string;
  /** `namespace/name`, or the name alone. */
  readonly resource: string;
  readonly outcome: Outcome;
}

/** Parts whose values a test would have to be given. */
const unsupported = ['variables', 'values', 'userinfo', 'clusterResources', 'targetResources'] as const;

/** @throws POLICY_INVALID, also for parts that cannot be heeded: what is tested without them is something else */
export function readTestFile(document: JsonObject, path: string): PolicyTests {
  const fields = new Fields(document, path);
  for (const name of unsupported) if (fields.has(name)) throw fields.invalid(name, 'is not supported');
  return {
    name: textAt(document, 'metadata', 'name') ?? textAt(document, 'name') ?? path,
    policies: fields.texts('policies'),
    resources: fields.texts('resources'),
    exceptions: fields.texts('exceptions'),
    expectations: fields.items('results').flatMap(readExpectations),
  };
}

function readExpectations(fields: Fields): Expectation[] {
  const outcome = fields.choice('result', outcomes);
  if (outcome === undefined) throw fields.invalid('result', 'is missing');
  const [single, namespace, rule, kind] = ['resource', 'namespace', 'rule', 'kind'].map((name) => fields.text(name));
  const names = [...fields.texts('resources'), ...(single ? [single] : [])];
  if (names.length === 0) throw fields.invalid('resources', 'is empty');
  return names.map((name) => ({
    policy: fields.required('policy'),
    resource: namespace && !name.includes('/') ? `${namespace}/${name}` : name,
    outcome,
    ...(rule ? { rule } : {}),
    ...(kind ? { kind } : {}),
  }));
}
