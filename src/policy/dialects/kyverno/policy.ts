import type { Compat } from '../../compat.ts';
import { Fields } from '../../model/fields.ts';
import { type JsonObject, textAt, textsAt } from '../../model/json.ts';
import type { Policy, PolicyNote, Rule } from '../../model/policy.ts';
import { readActions } from './action.ts';
import { withGenerated } from './autogen.ts';
import type { PolicyException } from './exceptions.ts';
import { type PolicySetting, readRule } from './rule.ts';
import { unknownFields } from './unknown-fields.ts';
import { readImageEntry } from './verify-images.ts';

const otherTypes = ['validate', 'mutate', 'generate'] as const;

/** A ClusterPolicy or Policy; rules of other types are told as ignored. @throws POLICY_INVALID, POLICY_KEY_* */
export function readPolicy(document: JsonObject, exceptions: readonly PolicyException[], compat: Compat): Policy {
  const name = textAt(document, 'metadata', 'name') ?? '';
  const kind = textAt(document, 'kind') ?? '';
  const whole = new Fields(document, name || `a ${kind} without a name`);
  const spec = whole.fields('spec');
  if (name === '' || spec === undefined) throw whole.invalid(name === '' ? 'metadata.name' : 'spec', 'is missing');
  const namespace = kind === 'Policy' ? (textAt(document, 'metadata', 'namespace') ?? 'default') : undefined;
  const annotations = textsAt(document, 'metadata', 'annotations');
  const setting: PolicySetting = {
    key: namespace === undefined ? name : `${namespace}/${name}`,
    actions: readActions(spec, annotations),
    exceptions,
    compat,
    failsOpen: failurePolicyOf(spec) === 'Ignore',
    ...(namespace !== undefined && { namespace }),
  };
  const notes = notesOf(spec);
  const rules = readRules(spec.with('rules', withGenerated(document)), setting, notes);
  const [severity, category] = ['severity', 'category'].map((word) => annotations[`policies.kyverno.io/${word}`]);
  return {
    name: {
      dialect: 'kyverno',
      kind,
      name,
      ...(namespace !== undefined && { namespace }),
      ...(severity !== undefined && { severity }),
      ...(category !== undefined && { category }),
    },
    rules,
    notes,
  };
}

function readRules(spec: Fields, setting: PolicySetting, notes: PolicyNote[]): Rule[] {
  const written = spec.items('rules').filter((rule) => !(rule.text('name') ?? '').startsWith('autogen-')).length;
  return spec.items('rules').flatMap((rule, index) => {
    const isGenerated = index >= written;
    if (!isGenerated) notes.push(...ignoredParts(rule), ...unknownFields(rule));
    const items = rule.items('verifyImages');
    if (items.length === 0) return [];
    const entries = items.map((item) => readImageEntry(item, setting.compat));
    if (!isGenerated) notes.push(...entries.flatMap((entry) => entry.notes), ...pinningNotes(rule, entries, setting));
    return [readRule(rule, entries, setting)];
  });
}

function ignoredParts(rule: Fields): PolicyNote[] {
  return otherTypes
    .filter((type) => rule.has(type))
    .map((type) => ({
      level: 'ignored',
      at: rule.at(type),
      message: `rules of the type ${type} are not about images`,
    }));
}

/** Kyverno refuses policies that pin under Audit. */
function pinningNotes(
  rule: Fields,
  entries: readonly { readonly failureAction?: string }[],
  { actions }: PolicySetting,
): PolicyNote[] {
  return rule.items('verifyImages').flatMap((item, index) => {
    const action = entries[index]?.failureAction ?? actions.usual;
    if (action !== 'Audit' || !item.boolean('mutateDigest', true)) return [];
    const message = 'must be false where the failure action is Audit, or Kyverno refuses the policy';
    return [{ level: 'warning' as const, at: item.at('mutateDigest'), message }];
  });
}

function failurePolicyOf(spec: Fields): 'Fail' | 'Ignore' {
  const words = ['Fail', 'Ignore'] as const;
  return (
    spec.fields('webhookConfiguration')?.choice('failurePolicy', words) ?? spec.choice('failurePolicy', words) ?? 'Fail'
  );
}

function notesOf(spec: Fields): PolicyNote[] {
  if (spec.choice('applyRules', ['All', 'One']) !== 'One') return [];
  return [{ level: 'warning', at: spec.at('applyRules'), message: 'is One; all rules are applied all the same' }];
}
