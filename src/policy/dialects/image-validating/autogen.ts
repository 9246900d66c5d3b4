import type { Fields } from '../../model/fields.ts';
import { type JsonObject, textsAt } from '../../model/json.ts';

interface Controller {
  readonly group: string;
  /** Where its pods are. */
  readonly template: string;
}

const template = 'spec.template';
const controllers: Readonly<Record<string, Controller>> = {
  daemonsets: { group: 'apps', template },
  deployments: { group: 'apps', template },
  replicasets: { group: 'apps', template },
  statefulsets: { group: 'apps', template },
  jobs: { group: 'batch', template },
  cronjobs: { group: 'batch', template: 'spec.jobTemplate.spec.template' },
};

/** The specs that Kyverno makes of one about pods for what creates pods. @throws POLICY_INVALID */
export function generatedSpecs(spec: Fields): Fields[] {
  const constraints = spec.fields('matchConstraints');
  const [rule, ...more] = constraints?.items('resourceRules') ?? [];
  if (constraints === undefined || rule === undefined || more.length > 0) return [];
  if (!isAboutPods(rule) || !mayGenerate(constraints)) return [];
  const wanted = wantedControllers(spec);
  const byTemplate = Map.groupBy(
    Object.entries(controllers).filter(([name]) => wanted.includes(name)),
    ([, controller]) => controller.template,
  );
  return [...byTemplate].map(([path, members]) => {
    const rules = members.map(
      ([resource, { group }]): JsonObject => ({
        apiGroups: [group],
        apiVersions: ['v1'],
        operations: rule.list('operations'),
        resources: [resource],
      }),
    );
    const namespaceSelector = constraints.raw('namespaceSelector');
    const matchConstraints = { resourceRules: rules, ...(namespaceSelector !== undefined && { namespaceSelector }) };
    return led(spec, path).with('matchConstraints', matchConstraints);
  });
}

/** Names of controllers; those of other kinds than Kubernetes' own are refused, as their pods would go by unseen. */
function wantedControllers(spec: Fields): readonly string[] {
  const fields = spec.fields('autogen')?.fields('podControllers');
  if (fields === undefined || !fields.has('controllers')) return Object.keys(controllers);
  const names = fields.texts('controllers');
  const other = names.find((name) => !Object.hasOwn(controllers, name));
  if (other !== undefined) throw fields.invalid('controllers', `names "${other}", whose pods are not known`);
  return names;
}

function isAboutPods(rule: Fields): boolean {
  const only = (name: string, word: string): boolean =>
    rule.texts(name).join() === word && rule.list(name).length === 1;
  return (
    only('apiGroups', '') &&
    only('apiVersions', 'v1') &&
    only('resources', 'pods') &&
    !rule.list('resourceNames').length
  );
}

function mayGenerate(constraints: Fields): boolean {
  const selector = constraints.fields('objectSelector');
  const hasLabels = Object.keys(textsAt(selector?.value, 'matchLabels')).length > 0;
  const hasExpressions = (selector?.list('matchExpressions').length ?? 0) > 0;
  return !hasLabels && !hasExpressions && constraints.list('excludeResourceRules').length === 0;
}

/** The spec with the paths of its expressions led to where the pods are; an object is in its own namespace all the same. */
function led(spec: Fields, path: string): Fields {
  return spec.withTexts((text) =>
    text.replace(
      /\b(object|oldObject)\.(spec|metadata)\b(?!\.namespace\b)/g,
      (_, object: string, part: string) => `${object}.${path}.${part}`,
    ),
  );
}
