import { toJsonText } from '../../kit/json-text.ts';
import { countOutcomes, type PolicyReport } from './report.ts';

/** Decisions with all checks, in JSON. */
export function renderJson(report: PolicyReport): string {
  const decisions = report.decisions.map(({ object, ...decision }) => ({ resource: object, ...decision }));
  const notes = report.policies.map(({ name, notes: told }) => ({ policy: name, notes: told }));
  return toJsonText({ decisions, policies: notes, summary: countOutcomes(report) });
}
