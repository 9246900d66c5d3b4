import { applyPolicies } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  auditWarnOption,
  compatOption,
  countOutcomes,
  exceptionOption,
  layoutOption,
  type PolicyReport,
  policyFormatOption,
  policyOptions,
  policyReportOption,
  renderPolicyResults,
  resourceOption,
  warnExitCodeOption,
} from '../../../policy/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { sayNotes, toFactSources } from '../../policy.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host, context } = invocation;
  const resources = options.get(resourceOption);
  if (resources.length === 0) throw cliError('CLI_RESOURCE_MISSING');
  const policies = [...operands, ...options.get(exceptionOption)];
  const input = { policies, resources, ...toFactSources(options), compat: options.get(compatOption) };
  const found = await applyPolicies(input, await withRegistries(invocation));
  const report = options.get(auditWarnOption) ? withWarnings(found) : found;
  sayNotes(report.policies, context.log);
  const format = options.get(policyReportOption) ? 'policy-report' : options.get(policyFormatOption);
  await host.stdout.write(await renderPolicyResults(report, format));
  return codeOf(report, options.get(warnExitCodeOption));
}

/** Kyverno's `--audit-warn`: what fails and does not deny is a warning. */
function withWarnings(report: PolicyReport): PolicyReport {
  const decisions = report.decisions.map((decision) => ({
    ...decision,
    results: decision.results.map((result) =>
      result.outcome === 'fail' && !result.denies ? { ...result, outcome: 'warn' as const } : result,
    ),
  }));
  return { ...report, decisions };
}

/** Kyverno's codes: 1 for failures and errors, then the one for warnings. */
function codeOf(report: PolicyReport, warnCode: number): number {
  const { fail, error, warn } = countOutcomes(report);
  if (fail + error > 0) return exitCodes.error;
  return warn > 0 ? warnCode : exitCodes.clean;
}

export const module: CommandModule = {
  options: [
    policyOptions,
    { id: 'policy-facts', title: 'Facts', options: [layoutOption, trustedRootOption, compatOption] },
    registryOptions,
  ],
  run,
};
