import { describeError, isAppError } from '../../core/index.ts';
import { type ImageSite, imageSites } from '../images/extract.ts';
import { makeImage, type PolicyImage } from '../images/name.ts';
import type { ImageResult, Outcome, RuleResult } from '../model/decision.ts';
import type { Action, ImageDemand, ImageRule, Pin, Policy, RequestRule, Rule, Scope } from '../model/policy.ts';
import type { PolicyRequest } from '../model/request.ts';
import type { Asks } from './asks.ts';
import { judgeImage } from './image.ts';

/** Different images of one object; each costs requests. */
const maxImages = 200;

/** A result, with images that it is sure of pinning. */
export interface JudgedRule {
  readonly result: RuleResult;
  /** Images that the rule had something to say of. */
  readonly covered: readonly string[];
  readonly pins: readonly Pin[];
  /** Images of which it verified something. */
  readonly verified?: readonly string[];
  /** Why it does not pass after all, given what all rules verified. */
  readonly withVerified?: (verified: ReadonlySet<string>) => RuleResult;
}

/** Judges a request by one rule; undefined when the rule says nothing, or not yet. */
export function judgeRule(policy: Policy, rule: Rule, request: PolicyRequest, asks: Asks): JudgedRule | undefined {
  const applicability = rule.applies(request, asks);
  const told = (outcome: Outcome, message: string, denies = false): JudgedRule => ({
    result: toResult(policy, rule, { outcome, message, images: [], action: rule.actionFor(request, asks), denies }),
    covered: [],
    pins: [],
  });
  switch (applicability.kind) {
    case 'no':
      return undefined;
    case 'skip':
      return told('skip', applicability.message);
    case 'error':
      return told('error', applicability.message, applicability.denies);
    case 'yes':
      return 'judge' in rule
        ? judgeWhole(policy, rule, request, applicability.scope, asks)
        : judgeImages(policy, rule, request, applicability.scope, asks);
  }
}

function judgeWhole(policy: Policy, rule: RequestRule, request: PolicyRequest, scope: Scope, asks: Asks): JudgedRule {
  const { outcome, message, images, pins, verified, needsVerified } = rule.judge(request, scope, asks);
  const action = rule.actionFor(request, asks);
  const result = toResult(policy, rule, { outcome, message, images, action });
  return {
    result,
    covered: images.map(({ image }) => image),
    pins: outcome === 'pass' ? pins : [],
    verified,
    withVerified: (known) => {
      const missing = needsVerified.filter((image) => !known.has(image));
      if (outcome !== 'pass' || missing.length === 0) return result;
      const told = `no signature or statement of ${missing.join(', ')} was verified by any policy`;
      return toResult(policy, rule, { outcome: 'fail', message: told, images, action });
    },
  };
}

function judgeImages(
  policy: Policy,
  rule: ImageRule,
  request: PolicyRequest,
  scope: Scope,
  asks: Asks,
): JudgedRule | undefined {
  const { images, broken } = readImages(imageSites(request.object, rule.places));
  const judged: { image: PolicyImage; demand: ImageDemand; result: ImageResult }[] = [];
  for (const image of images) {
    for (const demand of rule.demandsOf(image)) {
      const result = judgeImage(image, demand, scope, asks);
      if (result !== undefined) judged.push({ image, demand, result });
    }
  }
  const results = [...broken, ...judged.map(({ result }) => result)];
  if (results.length === 0) return undefined;
  const outcome = worst(results);
  const action = rule.actionFor(request, asks);
  return {
    result: toResult(policy, rule, { outcome, message: messageOf(results, outcome), images: results, action }),
    covered: judged.map(({ image }) => image.text),
    pins: judged.flatMap(({ image, demand, result }) =>
      demand.pins && result.outcome === 'pass' && result.digest !== undefined ? [{ image, digest: result.digest }] : [],
    ),
  };
}

/** Images by their text; what is no name of an image cannot be judged, and is no reason to leave it out. */
function readImages(sites: readonly ImageSite[]): { images: PolicyImage[]; broken: ImageResult[] } {
  const images: PolicyImage[] = [];
  const broken: ImageResult[] = [];
  const byText = Map.groupBy(sites, ({ text, isUnreadable }) => (isUnreadable ? undefined : text));
  if (byText.size > maxImages) {
    const message = `more than ${maxImages} images are named`;
    return { images, broken: [{ image: '', pointers: [], outcome: 'error', message, checks: [] }] };
  }
  for (const [text, same] of byText) {
    const pointers = same.map(({ pointer }) => pointer);
    const fail = (message: string): void => {
      broken.push({ image: text ?? '', pointers, outcome: 'error', message, checks: [] });
    };
    if (text === undefined) fail(`${pointers.join(', ')} names no image`);
    else {
      try {
        images.push(makeImage(text, pointers));
      } catch (error) {
        if (!isAppError(error)) throw error;
        fail(describeError(error));
      }
    }
  }
  return { images, broken };
}

const order = ['error', 'fail', 'pass', 'skip'] as const;

function worst(results: readonly ImageResult[]): ImageResult['outcome'] {
  return order.find((outcome) => results.some((result) => result.outcome === outcome)) ?? 'error';
}

function messageOf(results: readonly ImageResult[], outcome: ImageResult['outcome']): string {
  const messages = results.filter((result) => result.outcome === outcome).map(({ message }) => message);
  return [...new Set(messages)].join('; ');
}

interface Told {
  readonly outcome: Outcome;
  readonly message: string;
  readonly images: readonly ImageResult[];
  readonly action: Action;
  /** Whatever the policy says of what cannot be judged. */
  readonly denies?: boolean;
}

function toResult(
  { name }: Policy,
  rule: Rule,
  { outcome, message, images, action, denies: always = false }: Told,
): RuleResult {
  const denies = always || (outcome === 'error' ? rule.failsOpen !== true : outcome === 'fail' && action === 'deny');
  const warnings = outcome === 'pass' ? images.flatMap((image) => image.warnings ?? []) : [];
  if (warnings.length > 0) {
    const told = [...new Set(warnings)].join('; ');
    return { policy: name, rule: rule.name, outcome: 'warn', denies: false, message: `not known: ${told}`, images };
  }
  const isWarning = outcome === 'fail' && action === 'warn';
  return { policy: name, rule: rule.name, outcome: isWarning ? 'warn' : outcome, denies, message, images };
}
