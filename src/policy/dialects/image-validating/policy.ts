import { Fields } from '../../model/fields.ts';
import { type JsonObject, textAt, textsAt } from '../../model/json.ts';
import { nameOf } from '../../model/object-name.ts';
import type { Action, Policy, PolicyNote, RequestRule } from '../../model/policy.ts';
import { makeApplies } from './applies.ts';
import { attestorNotes } from './attestors.ts';
import { generatedSpecs } from './autogen.ts';
import { makeBindings } from './bindings.ts';
import { type Compile, makeCompiler } from './cel/compile.ts';
import { makeEnvironment } from './cel/environment.ts';
import type { RequestQuestions } from './cel/functions/request-functions.ts';
import { Evaluation } from './evaluation.ts';
import type { ImageException } from './exceptions.ts';
import { readSpec } from './spec.ts';

/** An ImageValidatingPolicy or NamespacedImageValidatingPolicy. @throws POLICY_INVALID, POLICY_KEY_*, POLICY_PATTERN_INVALID */
export function readPolicy(
  document: JsonObject,
  readExceptions: (compile: Compile) => readonly ImageException[],
): Policy {
  const [name, kind] = [textAt(document, 'metadata', 'name') ?? '', textAt(document, 'kind') ?? ''];
  const whole = new Fields(document, name || `a ${kind} without a name`);
  const spec = whole.fields('spec');
  if (name === '' || spec === undefined) throw whole.invalid(name === '' ? 'metadata.name' : 'spec', 'is missing');
  const namespace = kind.startsWith('Namespaced')
    ? (textAt(document, 'metadata', 'namespace') ?? 'default')
    : undefined;
  const annotations = textsAt(document, 'metadata', 'annotations');
  const [severity, category] = ['severity', 'category'].map((word) => annotations[`policies.kyverno.io/${word}`]);
  const setting: Setting = { name, kind, namespace, readExceptions };
  const specs = isForKubernetes(spec) ? [spec, ...generatedSpecs(spec)] : [];
  return {
    name: {
      dialect: 'image-validating',
      kind,
      name,
      ...(namespace !== undefined && { namespace }),
      ...(severity !== undefined && { severity }),
      ...(category !== undefined && { category }),
    },
    rules: specs.map((one) => readRule(one, setting)),
    notes: [...notesOf(spec), ...attestorNotes(spec)],
  };
}

interface Setting {
  readonly name: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly readExceptions: (compile: Compile) => readonly ImageException[];
}

function readRule(fields: Fields, { name, kind, namespace, readExceptions }: Setting): RequestRule {
  // Expressions are worked out without waiting, so that one request at a time asks.
  let asking: RequestQuestions | undefined;
  const compile = makeCompiler(
    makeEnvironment(() => {
      if (asking === undefined) throw new RangeError('nothing can be asked here');
      return asking;
    }),
  );
  const spec = readSpec(fields, compile);
  const exceptions = readExceptions(compile).filter(({ isFor }) => isFor({ kind, name }));
  const action = readAction(fields);
  const bind = makeBindings(fields);
  const inScope = makeApplies({ fields, compile, bind, exceptions });
  return {
    name,
    applies: (request, asks) => {
      const own = nameOf(request.object);
      const isOther = namespace !== undefined && (own.namespace !== namespace || own.kind === 'Namespace');
      return request.operation === 'DELETE' || isOther ? { kind: 'no' } : inScope(request, asks);
    },
    judge: (request, scope, asks) => {
      const evaluation = new Evaluation(spec, { request, scope, asks, bind, namespace });
      asking = evaluation;
      try {
        return evaluation.judge();
      } finally {
        asking = undefined;
      }
    },
    actionFor: () => action,
    failsOpen: action !== 'deny',
  };
}

/** Deny unless only Audit or Warn are asked for, or the policy is kept out of admission. @throws POLICY_INVALID */
function readAction(spec: Fields): Action {
  const actions = spec.texts('validationActions');
  const [other] = actions.filter((word) => !['Deny', 'Audit', 'Warn'].includes(word));
  if (other !== undefined)
    throw spec.invalid('validationActions', `has "${other}", which is none of Deny, Audit, Warn`);
  const isAdmitted = spec.fields('evaluation')?.fields('admission')?.boolean('enabled', true) ?? true;
  if (isAdmitted && (actions.length === 0 || actions.includes('Deny'))) return 'deny';
  return actions.includes('Audit') || actions.length === 0 ? 'audit' : 'warn';
}

function isForKubernetes(spec: Fields): boolean {
  const mode = spec.fields('evaluation')?.choice('mode', ['Kubernetes', 'JSON']);
  return mode !== 'JSON';
}

const ignored: Readonly<Record<string, string>> = {
  credentials: 'is not used; logins come from the configuration of this program',
  webhookConfiguration: 'is about the webhook of Kyverno',
  auditAnnotations: 'are not written',
};

function notesOf(spec: Fields): PolicyNote[] {
  const notes = Object.entries(ignored)
    .filter(([name]) => spec.has(name))
    .map(([name, message]): PolicyNote => ({ level: 'ignored', at: spec.at(name), message }));
  if (isForKubernetes(spec)) return notes;
  return [
    ...notes,
    { level: 'ignored', at: 'spec.evaluation.mode', message: 'is JSON, and objects of clusters are judged' },
  ];
}
