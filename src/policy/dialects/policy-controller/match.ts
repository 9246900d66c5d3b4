import type { Fields } from '../../model/fields.ts';
import { type JsonObject, textsAt } from '../../model/json.ts';
import { nameOf } from '../../model/object-name.ts';

const kinds: Readonly<Record<string, string>> = {
  pods: 'Pod',
  deployments: 'Deployment',
  replicasets: 'ReplicaSet',
  daemonsets: 'DaemonSet',
  statefulsets: 'StatefulSet',
  jobs: 'Job',
  cronjobs: 'CronJob',
};

/** Whether `match` of a policy takes an object in; without it every object is. @throws POLICY_INVALID */
export function readMatch(spec: Fields): (object: JsonObject) => boolean {
  const tests = spec.items('match').map(readOne);
  return (object) => tests.length === 0 || tests.some((test) => test(object));
}

function readOne(fields: Fields): (object: JsonObject) => boolean {
  const resource = fields.required('resource').toLowerCase();
  const kind = Object.hasOwn(kinds, resource) ? kinds[resource] : undefined;
  if (kind === undefined) throw fields.invalid('resource', `is none of ${Object.keys(kinds).join(', ')}`);
  const [group, version] = [fields.text('group') ?? '', fields.text('version') ?? ''];
  const labels = readLabels(fields.fields('selector'));
  return (object) => {
    const name = nameOf(object);
    if (name.kind !== kind || (group !== '' && group !== name.group)) return false;
    if (version !== '' && version !== name.version) return false;
    const own = textsAt(object, 'metadata', 'labels');
    return Object.entries(labels).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value);
  };
}

/** Expressions are not understood here, and a selector that is left out would let objects go by unseen. */
function readLabels(selector: Fields | undefined): Readonly<Record<string, string>> {
  const [other] = selector?.others('matchLabels') ?? [];
  if (selector !== undefined && other !== undefined) throw selector.invalid(other, 'cannot be judged; use matchLabels');
  return selector?.textMap('matchLabels') ?? {};
}
