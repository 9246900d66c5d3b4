import { toJsonText } from '../../kit/json-text.ts';
import type { Render } from '../report.ts';
import { toResult } from './result.ts';
import { toRule } from './rule.ts';
import { toDriver, toInvocation, toRunProperties } from './run.ts';

/** SARIF 2.1.0: a rule for every vulnerability, a result for every package that has it. */
export const renderSarif: Render = (report, options) => {
  const rules = new Map<string, unknown>();
  const ruleIndexes = new Map<string, number>();
  const results: unknown[] = [];
  for (const result of report.results) {
    for (const finding of result.findings) {
      // The last finding of a vulnerability describes the rule, the first gives it its place.
      rules.set(finding.id, toRule(finding, result.class));
      const ruleIndex = ruleIndexes.get(finding.id) ?? ruleIndexes.size;
      ruleIndexes.set(finding.id, ruleIndex);
      results.push(toResult(finding, result, { ruleIndex, dialect: options.dialect }));
    }
  }
  const properties = toRunProperties(report, options);
  return toJsonText({
    version: '2.1.0',
    $schema: 'https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: { driver: toDriver([...rules.values()], options) },
        ...(options.dialect === 'plimsoll' && { invocations: [toInvocation(report.coverage)] }),
        results,
        columnKind: 'utf16CodeUnits',
        ...(Object.keys(properties).length > 0 && { properties }),
      },
    ],
  });
};
