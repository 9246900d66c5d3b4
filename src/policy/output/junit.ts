import { escapeXml } from '../../kit/xml-text.ts';
import type { RuleResult } from '../model/decision.ts';
import { formatObjectName } from '../model/object-name.ts';
import type { ObjectName } from '../model/request.ts';
import { formatPolicyName, type PolicyReport, resultsOf } from './report.ts';

/** A suite for each policy, a case for each rule and resource. */
export function renderJunit(report: PolicyReport): string {
  const byPolicy = Map.groupBy(resultsOf(report), ({ result }) => formatPolicyName(result.policy));
  const suites = [...byPolicy].map(([name, cases]) => {
    const count = (...outcomes: readonly string[]): number =>
      cases.filter(({ result }) => outcomes.includes(result.outcome)).length;
    const attributes = `tests="${cases.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('skip')}"`;
    return `  <testsuite name="${escapeXml(name)}" ${attributes}>\n${cases.map(toCase).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

const elements: Readonly<Partial<Record<RuleResult['outcome'], string>>> = {
  fail: 'failure',
  error: 'error',
  skip: 'skipped',
};

function toCase({ object, result }: { readonly object: ObjectName; readonly result: RuleResult }): string {
  const name = `name="${escapeXml(formatObjectName(object))}" classname="${escapeXml(result.rule)}"`;
  const element = elements[result.outcome];
  if (element === undefined) return `    <testcase ${name}/>\n`;
  return `    <testcase ${name}>\n      <${element} message="${escapeXml(result.message)}"/>\n    </testcase>\n`;
}
