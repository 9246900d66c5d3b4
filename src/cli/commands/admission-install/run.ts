import type { InstallAdmissionInput } from '../../../app/index.ts';
import type { JsonObject } from '../../../helm/index.ts';
import { kubeconfigOption } from '../../../kube/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { policyFileOption } from '../../../policy/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { readAccess } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import {
  certificatesOption,
  createNamespaceOption,
  dryRunOption,
  imageOption,
  installedRules,
  installOptions,
  nameOption,
  namespaceOption,
  replicasOption,
  setOption,
  valuesOption,
} from './options.ts';

/** @throws HELM_*, POLICY_*, DISK_*, TRUST_*, KUBE_* */
async function run(invocation: Invocation): Promise<number> {
  const { options, host } = invocation;
  const { parseAssignment, toManifest } = await import('../../../helm/index.ts');
  const { admissionObjects, installAdmission } = await import('../../../app/index.ts');
  const input = readInput(options, options.get(setOption).map(parseAssignment));
  if (options.get(dryRunOption)) {
    await host.stdout.write(toManifest(await admissionObjects(input)));
    return exitCodes.clean;
  }
  const kubeconfig = options.get(kubeconfigOption);
  const applied = await installAdmission(input, {
    access: await readAccess(invocation),
    clock: invocation.context.clock,
    ...(kubeconfig !== undefined && { kubeconfig }),
  });
  await host.stdout.write(applied.map((object) => `${object} applied\n`).join(''));
  return exitCodes.clean;
}

function readInput(options: Invocation['options'], set: readonly JsonObject[]): InstallAdmissionInput {
  const [image, replicas, mode, trustedRoot] = [
    options.get(imageOption),
    options.get(replicasOption),
    options.get(certificatesOption),
    options.get(trustedRootOption),
  ];
  const flags: JsonObject = {
    ...(replicas !== undefined && { replicaCount: replicas }),
    ...(mode !== undefined && { certificates: { mode } }),
  };
  return {
    name: options.get(nameOption),
    namespace: options.get(namespaceOption),
    makesNamespace: options.get(createNamespaceOption),
    policies: options.get(policyFileOption),
    valueFiles: options.get(valuesOption),
    values: [flags, ...set],
    ...(image !== undefined && { image }),
    ...(trustedRoot !== undefined && { trustedRoot }),
  };
}

export const module: CommandModule = { options: [installOptions, installedRules, registryOptions], run };
