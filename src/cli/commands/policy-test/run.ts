import { type PolicyTestReport, testPolicies } from '../../../app/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import { layoutOption } from '../../../policy/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toFactSources } from '../../policy.ts';

/** A line for each expectation, and Kyverno's summary; no test at all is an error. */
async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const input = { directories: operands, ...toFactSources(options) };
  const reports = await testPolicies(input, await withRegistries(invocation));
  const cases = reports.flatMap((report) => report.cases);
  if (cases.length === 0) throw cliError('CLI_TESTS_MISSING');
  const failed = cases.filter(({ passes }) => !passes).length;
  const summary = `Test Summary: ${cases.length - failed} tests passed and ${failed} tests failed`;
  await host.stdout.write(`${[...reports.flatMap(toLines), summary].join('\n')}\n`);
  return failed > 0 ? exitCodes.error : exitCodes.clean;
}

function toLines({ path, name, cases }: PolicyTestReport): string[] {
  const told = cases.map(({ policy, rule = '*', kind, resource, passes, reason }) =>
    [passes ? 'Pass' : 'FAIL', policy, rule, [kind, resource].filter(Boolean).join('/'), reason].join('  '),
  );
  return [`${name} (${path})`, ...told.map((line) => `  ${line}`)].map(toVisibleLine);
}

export const module: CommandModule = {
  options: [{ id: 'policy-facts', title: 'Facts', options: [layoutOption, trustedRootOption] }, registryOptions],
  run,
};
