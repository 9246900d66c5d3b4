import { applyPolicies } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  compatOption,
  exceptionOption,
  layoutOption,
  namespaceOption,
  policyFileOption,
  renderPolicyResults,
} from '../../../policy/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { sayNotes, toFactSources } from '../../policy.ts';

/** Judges a pod that has the image and nothing else. */
async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host, context } = invocation;
  const [image = ''] = operands;
  const files = options.get(policyFileOption);
  if (files.length === 0) throw cliError('CLI_POLICY_MISSING');
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'image', namespace: options.get(namespaceOption) },
    spec: { containers: [{ name: 'image', image }] },
  };
  const policies = [...files, ...options.get(exceptionOption)];
  const report = await applyPolicies(
    { policies, objects: [pod], ...toFactSources(options), compat: options.get(compatOption) },
    await withRegistries(invocation, image),
  );
  sayNotes(report.policies, context.log);
  await host.stdout.write(await renderPolicyResults(report, 'explanation'));
  return report.decisions.every(({ allowed }) => allowed) ? exitCodes.clean : exitCodes.error;
}

export const module: CommandModule = {
  options: [
    {
      id: 'policy',
      title: 'Policy',
      options: [policyFileOption, exceptionOption, namespaceOption, layoutOption, trustedRootOption, compatOption],
    },
    registryOptions,
  ],
  run,
};
