import { isObject, type Json, type JsonObject, listAt, mapTexts, textAt } from '../../model/json.ts';

const controllers = ['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];
const annotation = 'pod-policies.kyverno.io/autogen-controllers';
const maxName = 63;

/** The rules of a policy, with those that Kyverno makes of rules about pods for what creates pods. */
export function withGenerated(policy: JsonObject): JsonObject[] {
  const rules = listAt(policy, 'spec', 'rules').filter(isObject);
  const wanted = wantedKinds(policy, rules);
  const generated = rules.filter(isAboutPods).flatMap((rule) => generate(rule, wanted));
  return [...rules, ...generated];
}

/** Kinds to make rules for; none when a rule looks at what only pods have. */
function wantedKinds(policy: JsonObject, rules: readonly JsonObject[]): readonly string[] {
  const all = [...controllers, 'CronJob'];
  const asked = textAt(policy, 'metadata', 'annotations', annotation);
  if (asked === 'none' || !rules.every(mayGenerate)) return [];
  if (asked === undefined || asked === 'all' || asked === '') return all;
  const named = asked.split(',').map((kind) => kind.trim());
  return all.filter((kind) => named.includes(kind));
}

function mayGenerate(rule: JsonObject): boolean {
  const blocks = [...resourcesOf(rule, 'match'), ...resourcesOf(rule, 'exclude')];
  const isOfPodsOnly = blocks.some(
    (resources) =>
      ['name', 'names', 'selector', 'annotations'].some((key) => Object.hasOwn(resources, key)) ||
      (kindsOf(resources).includes('Pod') && kindsOf(resources).length > 1),
  );
  return (
    !isOfPodsOnly &&
    !Object.hasOwn(rule, 'generate') &&
    !Object.hasOwn(isObject(rule['mutate']) ? rule['mutate'] : {}, 'patchesJson6902')
  );
}

function isAboutPods(rule: JsonObject): boolean {
  const kinds = resourcesOf(rule, 'match').flatMap(kindsOf);
  return kinds.length > 0 && kinds.every((kind) => kind === 'Pod' || kind === 'v1/Pod');
}

function kindsOf(resources: JsonObject): string[] {
  return listAt(resources, 'kinds').filter((kind) => typeof kind === 'string');
}

/** The `resources` of every filter of `match` or `exclude`. */
function resourcesOf(rule: JsonObject, name: string): JsonObject[] {
  const block = rule[name];
  const filters = [block, ...listAt(block, 'any'), ...listAt(block, 'all')];
  return filters.flatMap((filter) => {
    const resources = isObject(filter) ? filter['resources'] : undefined;
    return isObject(resources) ? [resources] : [];
  });
}

function generate(rule: JsonObject, wanted: readonly string[]): JsonObject[] {
  const kinds = wanted.filter((kind) => kind !== 'CronJob');
  const template = 'spec.template';
  return [
    ...(kinds.length > 0 ? [rewrite(rule, 'autogen', kinds, template)] : []),
    ...(wanted.includes('CronJob')
      ? [rewrite(rule, 'autogen-cronjob', ['CronJob'], `spec.jobTemplate.${template}`)]
      : []),
  ];
}

/** The rule for other kinds, with the paths of its variables led to where these have their pods. */
function rewrite(rule: JsonObject, prefix: string, kinds: readonly string[], path: string): JsonObject {
  const name = `${prefix}-${textAt(rule, 'name') ?? ''}`.slice(0, maxName);
  const { imageExtractors: _, ...kept } = rule;
  const led = mapTexts(kept, (text) =>
    text.replace(
      /\brequest\.(object|oldObject)\.(spec|metadata)\b/g,
      (_whole, object: string, part: string) => `request.${object}.${path}.${part}`,
    ),
  ) as JsonObject;
  const filters = (block: Json | undefined): Json | undefined =>
    block === undefined ? undefined : withKinds(block, kinds);
  return { ...led, name, match: filters(led['match']), exclude: filters(led['exclude']) };
}

function withKinds(value: Json, kinds: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => withKinds(item, kinds));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isKinds =
        key === 'kinds' && Array.isArray(item) && item.some((kind) => kind === 'Pod' || kind === 'v1/Pod');
      return [key, isKinds ? kinds : item === undefined ? item : withKinds(item, kinds)];
    }),
  );
}
