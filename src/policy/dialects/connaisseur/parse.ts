import type { Compat } from '../../compat.ts';
import type { Asks } from '../../judge/asks.ts';
import { Fields } from '../../model/fields.ts';
import { type JsonObject, textsAt } from '../../model/json.ts';
import { nameOf } from '../../model/object-name.ts';
import type { Action, Applicability, ImageDemand, Policy, PolicyNote, Rule } from '../../model/policy.ts';
import type { PolicyRequest } from '../../model/request.ts';
import { chooseValidator } from './choose-validator.ts';
import { comparedName, defaultRule, type PatternRule, readPatternRule } from './rule.ts';
import { mostSpecific } from './specificity.ts';
import { inCamelCase } from './spelling.ts';
import { readValidator } from './validator.ts';

const namespaceLabel = 'securesystemsengineering.connaisseur/webhook';
const webhookFeatures = ['automaticChildApproval', 'automaticUnchangedApproval', 'cache'] as const;

/** What holds for all rules. */
interface Features {
  readonly detectionMode: boolean;
  readonly podsOnly: boolean;
  /** Namespaces are left out by their label, or taken in. */
  readonly namespaces?: 'ignore' | 'validate';
}

/** @throws POLICY_* */
export function parseConnaisseur(documents: readonly JsonObject[], compat: Compat): Policy[] {
  return documents.map((document) => {
    const whole = new Fields(inCamelCase(document), 'connaisseur');
    return readConfiguration(whole.fields('application') ?? whole, whole, compat);
  });
}

/** Values of the chart, the configuration that it makes, or validators alone. */
function readConfiguration(fields: Fields, whole: Fields, compat: Compat): Policy {
  const validators = fields.items('validators').map(readValidator);
  const rules = fields.has('policy')
    ? fields.items('policy').map((item) => readPatternRule(item, validators))
    : [defaultRule(chooseValidator(validators), new Fields({}, 'connaisseur', 'with'))];
  const features = readFeatures(fields.fields('features') ?? fields);
  return {
    name: { dialect: 'connaisseur', kind: 'Connaisseur', name: 'connaisseur' },
    rules: rules.map((rule) => toRule(rule, rules, features, compat)),
    notes: [...validators.flatMap((one) => (one.kind === 'cosign' ? one.notes : [])), ...ignoredParts(fields, whole)],
    uncovered: (request, asks) =>
      applies(features, request, asks).kind === 'yes' ? actionFor(features, request) : undefined,
  };
}

function readFeatures(fields: Fields): Features {
  const namespaced = fields.fields('namespacedValidation');
  const isOn = namespaced?.boolean('enabled', true) ?? false;
  const mode = namespaced?.choice('mode', ['ignore', 'validate']) ?? 'ignore';
  return {
    detectionMode: fields.boolean('detectionMode', false),
    podsOnly: fields.choice('resourceValidationMode', ['all', 'podsOnly']) === 'podsOnly',
    ...(isOn && { namespaces: mode }),
  };
}

function toRule(rule: PatternRule, all: readonly PatternRule[], features: Features, compat: Compat): Rule {
  const demand = compat('connaisseur.count-signatures') ? countingSignatures(rule.demand) : rule.demand;
  return {
    name: rule.pattern,
    applies: (request, asks) => applies(features, request, asks),
    demandsOf: (image) => (mostSpecific(all, comparedName(image)) === rule ? [demand] : []),
    places: { byKind: {}, volumes: !compat('connaisseur.image-volumes') },
    actionFor: (request) => actionFor(features, request),
  };
}

/** A threshold is of signatures, whoever made them. */
function countingSignatures(demand: ImageDemand): ImageDemand {
  const { requirement } = demand;
  return requirement.kind === 'group' ? { ...demand, requirement: { ...requirement, counts: 'signatures' } } : demand;
}

function actionFor({ detectionMode, podsOnly }: Features, { object }: PolicyRequest): Action {
  return detectionMode || (podsOnly && nameOf(object).kind !== 'Pod') ? 'warn' : 'deny';
}

/** A namespace whose label nobody can tell is not left out. */
function applies({ namespaces }: Features, request: PolicyRequest, asks: Asks): Applicability {
  const scope = { now: request.at, values: {} };
  const { namespace } = nameOf(request.object);
  if (request.operation === 'DELETE') return { kind: 'no' };
  if (namespaces === undefined || namespace === '') return { kind: 'yes', scope };
  const fact = asks.ask({ kind: 'object', apiVersion: 'v1', objectKind: 'Namespace', name: namespace });
  if (fact?.kind !== 'object' || fact.object === undefined) return { kind: 'yes', scope };
  const label = textsAt(fact.object, 'metadata', 'labels')[namespaceLabel];
  const isLeftOut = namespaces === 'ignore' ? label === 'ignore' : label !== 'validate';
  return isLeftOut ? { kind: 'no' } : { kind: 'yes', scope };
}

function ignoredParts(fields: Fields, whole: Fields): PolicyNote[] {
  const features = fields.fields('features') ?? fields;
  const note = (at: string, message: string): PolicyNote => ({ level: 'ignored', at, message });
  return [
    ...webhookFeatures
      .filter((name) => features.has(name))
      .map((name) => note(features.at(name), 'is about the webhook of Connaisseur')),
    ...(whole.has('alerting') ? [note('alerting', 'nobody is alerted')] : []),
  ];
}
