import { toVisibleLine } from '../../kit/visible-text.ts';
import type { Check, ImageResult, RuleResult } from '../model/decision.ts';
import { formatPolicyName, type PolicyReport, resultsOf } from './report.ts';

/** Every rule with its demands as a tree: which held, by whose signature, and why the others did not. */
export function renderExplanation(report: Pick<PolicyReport, 'decisions'>): string {
  const rules = [...resultsOf(report)].map(({ result }) => explainRule(result));
  if (rules.length === 0) return 'No rule is about this image.\n';
  const isAllowed = report.decisions.every(({ allowed }) => allowed);
  return `${rules.flat().map(toVisibleLine).join('\n')}\n${isAllowed ? 'Let in.' : 'Denied.'}\n`;
}

function explainRule({ policy, rule, outcome, denies, message, images }: RuleResult): string[] {
  const head = `${policy.kind} ${formatPolicyName(policy)}, rule ${rule}: ${outcome}${denies ? ' (denies)' : ''}`;
  return [head, ...(images.length === 0 ? [`  ${message}`] : images.flatMap(explainImage))];
}

function explainImage({ image, digest, outcome, message, checks }: ImageResult): string[] {
  const named = digest === undefined ? image : `${image} is ${digest}`;
  return [`  ${named}: ${outcome}`, `    ${message}`, ...checks.flatMap((check) => explainCheck(check, 4))];
}

function explainCheck({ at, holds, demand, findings, checks }: Check, indent: number): string[] {
  const space = ' '.repeat(indent);
  return [
    `${space}${holds ? '+' : '-'} ${at} ${demand}`,
    ...findings.map(({ message }) => `${space}    ${message}`),
    ...checks.flatMap((check) => explainCheck(check, indent + 2)),
  ];
}
